import { eq, sql } from 'drizzle-orm';
import { type Tx, together } from './client.ts';
import { given, preparedFor } from './prepared.ts';
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
  const change = { ...also, lastAt: now, ...(m.author === 'visitor' ? { lastVisitorAt: now } : {}) };
  const [bumped] = await bump(tx, change, { of: row.id });
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

const bump = preparedFor(conversation, (db, change) =>
  db
    .update(conversation)
    .set({ ...change, lastSeq: sql`${conversation.lastSeq} + 1` })
    .where(eq(conversation.id, given('of', conversation.id)))
    .returning({ seq: conversation.lastSeq }),
);
const addMessage = preparedFor(message, (db, row) => db.insert(message).values(row));
const addDelivery = preparedFor(delivery, (db, row) => db.insert(delivery).values(row));
const addEvent = preparedFor(event, (db, row) => db.insert(event).values(row));

async function insertMessage(tx: Tx, vault: Vault, row: ConversationRow, m: NewMessage, seq: number, now: Date) {
  await addMessage(tx, {
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
  await addDelivery(tx, { id, conversationId: row.id, seq, createdAt: now, updatedAt: now });
}

/** Notes a content-free fact for streams, cards and statistics. */
export async function record(
  tx: Tx,
  row: Pick<ConversationRow, 'id' | 'district' | 'version'>,
  kind: EventKind,
  now: Date,
  seq: number | null = null,
): Promise<void> {
  const { id: conversationId, district, version } = row;
  await addEvent(tx, { conversationId, district, kind, seq, version, at: now });
}
