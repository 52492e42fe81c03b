import { and, eq, inArray, isNull } from 'drizzle-orm';
import { record } from '../../../../db/append.ts';
import type { Tx } from '../../../../db/client.ts';
import { destroyNumbers } from '../../../../db/destroy-numbers.ts';
import { conversation, phone } from '../../../../db/schema/conversation.ts';
import { type DeliveryState, delivery } from '../../../../db/schema/work.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { type LockedDelivery, wakeNext } from './next-in-line.ts';

/** Where a change is told: ids only. */
export interface Place {
  threadId: string;
  district: string;
}

/** The delivery under its row lock. The conversation's comes first, in the order in which an erasure takes them. */
export async function lockDelivery(tx: Tx, deliveryId: string): Promise<LockedDelivery | null> {
  const mine = tx.select({ id: delivery.conversationId }).from(delivery).where(eq(delivery.id, deliveryId));
  const [talk] = await tx.select().from(conversation).where(inArray(conversation.id, mine)).for('key share');
  const [row] = await tx.select().from(delivery).where(eq(delivery.id, deliveryId)).for('update');
  return talk && row ? { delivery: row, conversation: talk } : null;
}

export interface DeliveryChange {
  status: DeliveryState;
  error: string | null;
  attempts?: number;
  provider?: string;
  providerId?: string | null;
  parts?: number;
  notBefore?: Date | null;
}

/** Writes a change and its event; what it settles makes way for the next. The caller announces the place after the commit. */
export async function changeDelivery(
  tx: Tx,
  jobs: Pick<Jobs, 'sms'>,
  locked: LockedDelivery,
  change: DeliveryChange,
  now: Date,
): Promise<Place> {
  await tx
    .update(delivery)
    .set({ ...change, updatedAt: now })
    .where(eq(delivery.id, locked.delivery.id));
  await record(tx, locked.conversation, 'delivery', now, locked.delivery.seq);
  if (change.status !== 'queued' && change.status !== 'sending') await settled(tx, jobs, locked);
  return { threadId: locked.conversation.threadId, district: locked.conversation.district };
}

/** The next text may leave; after the last one of a closed conversation nobody needs the number. */
async function settled(tx: Tx, jobs: Pick<Jobs, 'sms'>, locked: LockedDelivery): Promise<void> {
  await wakeNext(tx, jobs, locked);
  const { owner, phoneId } = locked.conversation;
  if (owner === 'closed' && phoneId) await destroyNumbers(tx, phoneId);
}

/** The vendor says that the person has opted out there: our own record agrees from now on (F45). */
export async function noteOptOut(tx: Tx, locked: LockedDelivery, now: Date): Promise<void> {
  const { phoneId } = locked.conversation;
  if (!phoneId) return;
  await tx
    .update(phone)
    .set({ optedOutAt: now })
    .where(and(eq(phone.id, phoneId), isNull(phone.optedOutAt)));
}
