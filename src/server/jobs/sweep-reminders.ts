import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { record } from '../../../db/append.ts';
import type { Db } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { reminder } from '../../../db/schema/desk.ts';
import type { Hub } from '../realtime/hub.ts';

/** Hours until a promise that is still not kept is brought up again. */
const AGAIN_HOURS = 24;

/**
 * A promise that falls due shows in the list of whoever has the conversation then; one that is left undone is alarmed about
 * once a day until somebody marks it (F16).
 */
export async function sweepReminders(deps: { db: Db; hub: Pick<Hub, 'publish'> }, now: Date): Promise<void> {
  const again = new Date(now.getTime() - AGAIN_HOURS * 3_600_000);
  const due = and(
    isNull(reminder.doneAt),
    lte(reminder.dueAt, now),
    or(isNull(reminder.remindedAt), lte(reminder.remindedAt, again)),
  );
  const rows = await deps.db
    .select({
      id: reminder.id,
      conversationId: reminder.conversationId,
      first: sql<boolean>`${reminder.remindedAt} is null`,
    })
    .from(reminder)
    .where(due)
    .orderBy(reminder.dueAt)
    .limit(500);
  for (const { id, conversationId, first } of rows) {
    const district = await deps.db.transaction(async (tx) => {
      const [row] = await tx.select().from(conversation).where(eq(conversation.id, conversationId)).for('update');
      const set = await tx
        .update(reminder)
        .set({ remindedAt: now })
        .where(and(eq(reminder.id, id), due))
        .returning({ id: reminder.id });
      if (!row || set.length === 0) return null;
      await record(tx, row, first ? 'reminder' : 'alarm', now);
      return row.district;
    });
    if (district) deps.hub.publish(`district:${district}`, { kind: 'changed' });
  }
}
