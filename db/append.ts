import { eq, sql } from 'drizzle-orm';
import type { Tx } from './client.ts';
import { newId } from './schema/columns.ts';
import { type Author, conversation, type MessageMeta, message } from './schema/conversation.ts';
import { delivery, type EventKind, event } from './schema/work.ts';
import type { Vault } from './vault.ts';

export type ConversationRow = typeof conversation.$inferSelect;

export interface NewMessage {
  author: Author;
  /** Already masked when the author is a visitor (G5). */
  text: string;
  language: string;
  externalId?: string;
  clientId?: string;
  workerId?: string;
  answers?: { id: string; version: number }[];
  meta?: MessageMeta;
  handled?: boolean;
}

export interface Appended {
  seq: number;
  /** Set when the message must be delivered outside: the caller enqueues the job in the same transaction. */
  deliveryId: string | null;
}

/**
 * Adds one encrypted message with its event and, towards a phone, its delivery. The caller holds the conversation's row lock,
 * so that seq has no gaps and no duplicates (DATA §4).
 */
export async function append(tx: Tx, vault: Vault, row: ConversationRow, m: NewMessage, now: Date): Promise<Appended> {
  const [bumped] = await tx
    .update(conversation)
    .set({
      lastSeq: sql`${conversation.lastSeq} + 1`,
      lastAt: now,
      ...(m.author === 'visitor' ? { lastVisitorAt: now } : {}),
    })
    .where(eq(conversation.id, row.id))
    .returning({ seq: conversation.lastSeq });
  if (!bumped) throw new Error(`conversation ${row.id} is not there`);
  const { seq } = bumped;
  await tx.insert(message).values({
    conversationId: row.id,
    seq,
    author: m.author,
    body: vault.seal(vault.unwrap(row), m.text, `${row.id}:${seq}`),
    language: m.language,
    channel: row.channel,
    externalId: m.externalId ?? null,
    clientId: m.clientId ?? null,
    workerId: m.workerId ?? null,
    answers: m.answers ?? null,
    meta: m.meta ?? {},
    handledAt: m.author === 'visitor' && !m.handled ? null : now,
    at: now,
  });
  await record(tx, row, 'message', now, seq);
  if (row.channel !== 'sms' || m.author === 'visitor') return { seq, deliveryId: null };
  const deliveryId = newId('dlv');
  await tx.insert(delivery).values({ id: deliveryId, conversationId: row.id, seq, createdAt: now, updatedAt: now });
  return { seq, deliveryId };
}

/** Notes a content-free fact for streams, cards and statistics. */
export async function record(
  tx: Tx,
  row: Pick<ConversationRow, 'id' | 'district' | 'version'>,
  kind: EventKind,
  now: Date,
  seq: number | null = null,
): Promise<void> {
  await tx
    .insert(event)
    .values({ conversationId: row.id, district: row.district, kind, seq, version: row.version, at: now });
}
