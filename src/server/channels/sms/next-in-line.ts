import { and, asc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../../../../db/client.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import { delivery } from '../../../../db/schema/work.ts';
import type { Jobs } from '../../jobs/jobs.ts';

/** A delivery under its lock, with the conversation it belongs to. */
export interface LockedDelivery {
  delivery: typeof delivery.$inferSelect;
  conversation: typeof conversation.$inferSelect;
}

/** How soon a text looks again whether the one before it is done, should nobody tell it. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Texts of one thread leave in the order in which they were written (F27): each when the one before it has arrived or failed, or
 * `receiptWaitMs` after it left, because some networks never report. What is held for the morning holds nobody up.
 * @returns in how many milliseconds to look again, or null: it is this one's turn.
 */
export async function waitsMs(
  tx: Tx,
  { delivery: mine, conversation: talk }: LockedDelivery,
  receiptWaitMs: number,
  now: Date,
): Promise<number | null> {
  const [before] = await tx
    .select({ status: delivery.status, at: delivery.updatedAt })
    .from(delivery)
    .innerJoin(conversation, eq(conversation.id, delivery.conversationId))
    .where(
      and(
        eq(conversation.threadId, talk.threadId),
        sql`(${conversation.episode}, ${delivery.seq}) < (${talk.episode}, ${mine.seq})`,
        inArray(delivery.status, ['queued', 'sending', 'sent']),
        or(ne(delivery.status, 'sent'), gt(delivery.updatedAt, new Date(now.getTime() - receiptWaitMs))),
        or(isNull(delivery.notBefore), lte(delivery.notBefore, now)),
      ),
    )
    .orderBy(sql`(${delivery.status} = 'sent')`)
    .limit(1);
  if (!before) return null;
  return before.status === 'sent' ? before.at.getTime() + receiptWaitMs - now.getTime() : LOOK_AGAIN_MS;
}

/** The next text of the thread that is due gets its turn: the one before it is settled. */
export async function wakeNext(
  tx: Tx,
  jobs: Pick<Jobs, 'sms'>,
  { delivery: mine, conversation: talk }: LockedDelivery,
): Promise<void> {
  const [next] = await tx
    .select({ id: delivery.id, conversationId: delivery.conversationId })
    .from(delivery)
    .innerJoin(conversation, eq(conversation.id, delivery.conversationId))
    .where(
      and(
        eq(conversation.threadId, talk.threadId),
        sql`(${conversation.episode}, ${delivery.seq}) > (${talk.episode}, ${mine.seq})`,
        eq(delivery.status, 'queued'),
      ),
    )
    .orderBy(asc(conversation.episode), asc(delivery.seq))
    .limit(1);
  if (next) await jobs.sms(tx, next.id, next.conversationId);
}
