import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';
import { mayErase } from '../../../../db/erase.ts';
import { conversation, message } from '../../../../db/schema/conversation.ts';
import { district } from '../../../../db/schema/place.ts';
import type { Stored } from '../../../bot/wire.ts';

export interface StoredDeps {
  db: Db;
  /** The day a conversation is erased, from the City's disposal decision; null while there is none. */
  erasedOn?(lastAt: Date): Date | null;
}

/** What is kept of a thread, for the person who wrote it (G7): facts about the rows, the words themselves are in the chat. */
export async function storedFacts({ db, erasedOn }: StoredDeps, threadId: string): Promise<Stored> {
  const rows = await db
    .select({ row: conversation, home: district.slug, place: district.name })
    .from(conversation)
    .innerJoin(district, sql`${district.slug} = coalesce(${conversation.homeDistrict}, ${conversation.district})`)
    .where(eq(conversation.threadId, threadId))
    .orderBy(asc(conversation.episode));
  const [first, last] = [rows[0], rows.at(-1)];
  const ids = rows.map(({ row }) => row.id);
  const mine = and(inArray(message.conversationId, ids), eq(message.author, 'visitor'));
  return {
    messages: ids.length === 0 ? 0 : await db.$count(message, inArray(message.conversationId, ids)),
    own: ids.length === 0 ? 0 : await db.$count(message, mine),
    since: first?.row.createdAt.toISOString() ?? null,
    language: last?.row.language ?? null,
    place: last && last.home !== 'staden' ? last.place : null,
    code: Boolean(first?.row.returnCodeHash),
    mayErase: rows.every(({ row }) => mayErase(row)),
    erasedOn: last ? (erasedOn?.(last.row.lastAt)?.toISOString() ?? null) : null,
  };
}
