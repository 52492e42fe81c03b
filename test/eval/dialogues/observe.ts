import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Db } from '../../../db/client.ts';
import { conversation, message, phone } from '../../../db/schema/conversation.ts';
import { delivery, event } from '../../../db/schema/work.ts';

/** What the rows say about one visitor's conversation, read after the house has come to rest. */
export interface Seen {
  row: ConversationRow;
  /** Hand-overs from the bot to people so far: a case is opened by the first. */
  handovers: number;
  /** The house's messages in this turn. */
  said: Said[];
  optedOut: boolean;
}

type Said = Pick<typeof message.$inferSelect, 'meta' | 'answers' | 'seq'>;

/** The conversation that is open, or the last one: a web thread by its id, a phone by the newest conversation of its number. */
export async function newestOf(
  db: Db,
  where: { threadId: string } | { phoneId: string },
): Promise<ConversationRow | null> {
  const mine =
    'threadId' in where ? eq(conversation.threadId, where.threadId) : eq(conversation.phoneId, where.phoneId);
  const rows = await db.select().from(conversation).where(mine).orderBy(asc(conversation.episode));
  return rows.at(-1) ?? null;
}

/** Nothing is owed: every message has been handled, no turn is due, every text has left or been refused. */
export async function isAtRest(db: Db, conversationId: string): Promise<boolean> {
  const [row] = await db.select().from(conversation).where(eq(conversation.id, conversationId));
  if (!row || row.turnDueAt !== null || row.turnToken !== null) return false;
  const mine = eq(message.conversationId, conversationId);
  const unhandled = await db
    .select({ seq: message.seq })
    .from(message)
    .where(and(mine, eq(message.author, 'visitor'), isNull(message.handledAt)));
  const underWay = await db
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.conversationId, conversationId), inArray(delivery.status, ['queued', 'sending'])));
  return unhandled.length === 0 && underWay.length === 0;
}

/** @param afterSeq the last message before this turn. */
export async function observe(db: Db, row: ConversationRow, afterSeq: number): Promise<Seen> {
  const handovers = await db
    .select({ id: event.id })
    .from(event)
    .where(and(eq(event.conversationId, row.id), eq(event.kind, 'waiting')));
  const claims = await db
    .select({ id: event.id })
    .from(event)
    .where(and(eq(event.conversationId, row.id), eq(event.kind, 'claimed')));
  const said = await db
    .select({ meta: message.meta, answers: message.answers, seq: message.seq })
    .from(message)
    .where(
      and(eq(message.conversationId, row.id), inArray(message.author, ['bot', 'system']), gt(message.seq, afterSeq)),
    )
    .orderBy(asc(message.seq));
  const [from] = row.phoneId
    ? await db.select({ at: phone.optedOutAt }).from(phone).where(eq(phone.id, row.phoneId))
    : [];
  return { row, handovers: Math.max(handovers.length, claims.length > 0 ? 1 : 0), said, optedOut: from?.at != null };
}
