import { and, asc, eq, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import { record } from './append.ts';
import type { Db, Tx } from './client.ts';
import { given, prepared } from './prepared.ts';
import { conversation, message } from './schema/conversation.ts';
import { delivery } from './schema/work.ts';

export interface Released {
  id: string;
  conversationId: string;
}

const heldWhere = (which: (db: Db) => SQL) =>
  prepared((db) =>
    db
      .select({ id: delivery.id, conversationId: delivery.conversationId })
      .from(delivery)
      .where(and(eq(delivery.status, 'queued'), isNotNull(delivery.notBefore), which(db)))
      .orderBy(asc(delivery.createdAt), asc(delivery.seq))
      .limit(500)
      .for('update', { skipLocked: true }),
  );
const heldFor = heldWhere((db) => {
  const theirs = eq(conversation.phoneId, given('phoneId', conversation.phoneId));
  return inArray(delivery.conversationId, db.select({ id: conversation.id }).from(conversation).where(theirs));
});
const heldUntil = heldWhere(() => lte(delivery.notBefore, given('until', delivery.notBefore)));

/**
 * Lets go of texts that were held back for the night, oldest first: one number's, or all whose time has come. The caller enqueues
 * each, in the same transaction.
 */
export async function releaseHeld(
  tx: Tx,
  which: { phoneId: string } | { until: Date },
  now: Date,
): Promise<Released[]> {
  const held = await ('phoneId' in which ? heldFor(tx, which) : heldUntil(tx, which));
  if (held.length === 0) return [];
  const ids = held.map(({ id }) => id);
  await tx.update(delivery).set({ notBefore: null, updatedAt: now }).where(inArray(delivery.id, ids));
  return held;
}

/** After STOP nothing that is still due is sent, also when START comes before its time (F45). Confirmations are not due yet. */
export async function cancelDue(tx: Tx, phoneId: string, now: Date): Promise<void> {
  const due = await tx
    .select({ id: delivery.id, seq: delivery.seq, talk: conversation })
    .from(delivery)
    .innerJoin(conversation, eq(conversation.id, delivery.conversationId))
    .innerJoin(message, and(eq(message.conversationId, delivery.conversationId), eq(message.seq, delivery.seq)))
    .where(
      and(eq(conversation.phoneId, phoneId), eq(delivery.status, 'queued'), sql`not (${message.meta} ? 'keyword')`),
    );
  for (const { id, seq, talk } of due) {
    await tx
      .update(delivery)
      .set({ status: 'refused', error: 'opted-out', notBefore: null, updatedAt: now })
      .where(and(eq(delivery.id, id), eq(delivery.status, 'queued')));
    await record(tx, talk, 'delivery', now, seq);
  }
}
