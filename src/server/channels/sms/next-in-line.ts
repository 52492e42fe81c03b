import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
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

/** Why a text does not leave yet: the night holds it, or the one before it is not settled. */
export type Wait = { kind: 'night'; until: Date } | { kind: 'line'; ms: number };

interface Due {
  locked: LockedDelivery;
  /** Confirms a STOP or START. */
  keyword: boolean;
  /** Until when the night holds it by itself. */
  held: Date | null;
  receiptWaitMs: number;
  now: Date;
}

/**
 * The one way a text waits (F27, DOMAIN 5.6). Texts of one thread leave in the order in which they were written: each when the one
 * before it has arrived or failed, or `receiptWaitMs` after it left, because some networks never report. What is held for the
 * morning holds what comes after it as long. Only the confirmation of a STOP or START passes the line.
 * @returns null: it is this one's turn.
 */
export async function waitOf(tx: Tx, due: Due): Promise<Wait | null> {
  const { held, keyword, receiptWaitMs, now } = due;
  if (held) return { kind: 'night', until: held };
  const before = keyword ? null : await theOneBefore(tx, due);
  if (!before) return null;
  if (before.notBefore && before.notBefore > now) return { kind: 'night', until: before.notBefore };
  const ms = before.status === 'sent' ? before.at.getTime() + receiptWaitMs - now.getTime() : LOOK_AGAIN_MS;
  return { kind: 'line', ms };
}

/** An earlier text of the thread that is not settled; one that is held for longest first, then one that has not left. */
async function theOneBefore(tx: Tx, { locked, receiptWaitMs, now }: Due) {
  const { delivery: mine, conversation: talk } = locked;
  const [before] = await tx
    .select({ status: delivery.status, at: delivery.updatedAt, notBefore: delivery.notBefore })
    .from(delivery)
    .innerJoin(conversation, eq(conversation.id, delivery.conversationId))
    .where(
      and(
        eq(conversation.threadId, talk.threadId),
        sql`(${conversation.episode}, ${delivery.seq}) < (${talk.episode}, ${mine.seq})`,
        inArray(delivery.status, ['queued', 'sending', 'sent']),
        or(ne(delivery.status, 'sent'), gt(delivery.updatedAt, new Date(now.getTime() - receiptWaitMs))),
      ),
    )
    .orderBy(sql`${delivery.notBefore} desc nulls last`, sql`(${delivery.status} = 'sent')`)
    .limit(1);
  return before ?? null;
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
        isNull(delivery.notBefore),
      ),
    )
    .orderBy(asc(conversation.episode), asc(delivery.seq))
    .limit(1);
  if (next) await jobs.sms(tx, next.id, next.conversationId);
}
