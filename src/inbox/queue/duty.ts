import { eq } from 'drizzle-orm';
import { appendAudit } from '../../../db/audit.ts';
import type { Reader } from '../../../db/client.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Duty, DutyBody } from '../wire.ts';
import type { Actor, Desk } from './desk.ts';

/** The longest shift: who forgets to go off duty is off duty the next day (F35). */
export const LONGEST_DUTY_MS = 16 * 3_600_000;

/** Until when the actor is on duty, null when they are not, and which alerts they want meanwhile. */
export async function dutyOf(db: Reader, actor: Actor, now: Date): Promise<Duty> {
  const [row] = await db
    .select({ until: worker.onDutyUntil, alerts: worker.alerts })
    .from(worker)
    .where(eq(worker.id, actor.id));
  const until = row?.until && row.until > now ? row.until.toISOString() : null;
  return { until, alerts: row?.alerts ?? 'none' };
}

/** Goes on or off duty, for at most `LONGEST_DUTY_MS`; only ever oneself. Nothing that was before is alerted about (F35). */
export async function setDuty(desk: Desk, actor: Actor, body: DutyBody): Promise<Duty> {
  const now = desk.clock();
  const until = body.until === null ? null : Math.min(Date.parse(body.until), now.getTime() + LONGEST_DUTY_MS);
  const onDutyUntil = until === null || until <= now.getTime() ? null : new Date(until);
  return desk.db.transaction(async (tx) => {
    const alerts = body.alerts === undefined ? {} : { alerts: body.alerts };
    await tx
      .update(worker)
      .set({ onDutyUntil, ...alerts })
      .where(eq(worker.id, actor.id));
    const duty = await dutyOf(tx, actor, now);
    await appendAudit(tx, { actor: actor.id, action: 'duty', conversationId: null, detail: { ...duty } }, now);
    return duty;
  });
}
