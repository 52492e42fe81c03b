import { and, eq, inArray, isNull } from 'drizzle-orm';
import { record } from '../../../../db/append.ts';
import type { Tx } from '../../../../db/client.ts';
import { conversation, phone } from '../../../../db/schema/conversation.ts';
import { type DeliveryState, delivery } from '../../../../db/schema/work.ts';

export interface LockedDelivery {
  delivery: typeof delivery.$inferSelect;
  conversation: typeof conversation.$inferSelect;
}

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
  providerId?: string;
  parts?: number;
  notBefore?: Date;
}

/** Writes a change and its event. The caller announces the place it returns after the commit. */
export async function changeDelivery(
  tx: Tx,
  locked: LockedDelivery,
  change: DeliveryChange,
  now: Date,
): Promise<Place> {
  await tx
    .update(delivery)
    .set({ ...change, updatedAt: now })
    .where(eq(delivery.id, locked.delivery.id));
  await record(tx, locked.conversation, 'delivery', now, locked.delivery.seq);
  return { threadId: locked.conversation.threadId, district: locked.conversation.district };
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
