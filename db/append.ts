import { eq, sql } from 'drizzle-orm';
import { type Tx, together } from './client.ts';
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
 * so that seq has no gaps and no duplicates (DATA §4). @param also what else changes in the conversation, in the same statement.
 */
export async function append(
  tx: Tx,
  vault: Vault,
  row: ConversationRow,
  m: NewMessage,
  now: Date,
  also: Partial<typeof conversation.$inferInsert> = {},
): Promise<Appended> {
  const [bumped] = await tx
    .update(conversation)
    .set({
      ...also,
      lastSeq: sql`${conversation.lastSeq} + 1`,
      lastAt: now,
      ...(m.author === 'visitor' ? { lastVisitorAt: now } : {}),
    })
    .where(eq(conversation.id, row.id))
    .returning({ seq: conversation.lastSeq });
  if (!bumped) throw new Error(`conversation ${row.id} is not there`);
  const { seq } = bumped;
  const deliveryId = row.channel === 'sms' && m.author !== 'visitor' ? newId('dlv') : null;
  await together(
    insertMessage(tx, vault, row, m, seq, now),
    record(tx, row, 'message', now, seq),
    deliveryId ? insertDelivery(tx, deliveryId, row, seq, now) : null,
  );
  return { seq, deliveryId };
}

async function insertMessage(tx: Tx, vault: Vault, row: ConversationRow, m: NewMessage, seq: number, now: Date) {
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
}

async function insertDelivery(tx: Tx, id: string, row: ConversationRow, seq: number, now: Date) {
  await tx.insert(delivery).values({ id, conversationId: row.id, seq, createdAt: now, updatedAt: now });
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
