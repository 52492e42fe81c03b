import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from './client.ts';
import { conversation, phone } from './schema/conversation.ts';

/**
 * Destroys numbers that nothing needs any more: no open conversation, nothing left to deliver (DOMAIN 5.6). What was said may
 * live on without them. Of a number that has said STOP the keyed look-up stays, so that STOP is still known; nothing else does.
 * A number that is in use this very moment is passed over. @param only this one; all when missing. @returns how many.
 */
export async function destroyNumbers(tx: Tx, only?: string): Promise<number> {
  const idle = and(
    isNotNull(phone.number),
    only === undefined ? undefined : eq(phone.id, only),
    sql`not exists (select from conversation c where c.phone_id = ${phone.id} and c.owner <> 'closed')`,
    sql`not exists (select from delivery d join conversation c on c.id = d.conversation_id
      where c.phone_id = ${phone.id} and d.status in ('queued', 'sending'))`,
  );
  const seen = await tx.select({ id: phone.id }).from(phone).where(idle).limit(500).for('update', { skipLocked: true });
  if (seen.length === 0) return 0;
  // Looked at again under the lock: a text may have come between the look and the lock.
  const mine = inArray(
    phone.id,
    seen.map(({ id }) => id),
  );
  const still = (await tx.select({ id: phone.id }).from(phone).where(and(mine, idle))).map(({ id }) => id);
  if (still.length === 0) return 0;
  await tx.update(conversation).set({ phoneId: null }).where(inArray(conversation.phoneId, still));
  await tx.delete(phone).where(and(inArray(phone.id, still), isNull(phone.optedOutAt)));
  const nothing = { number: null, wrappedKey: null, gateAskedAt: null, openSince: null, anyHour: false };
  await tx.update(phone).set(nothing).where(inArray(phone.id, still));
  return still.length;
}
