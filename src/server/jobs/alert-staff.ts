import { and, eq, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { newId } from '../../../db/schema/columns.ts';
import { worker, workerDistrict } from '../../../db/schema/staff.ts';
import { alert } from '../../../db/schema/work.ts';
import { CITY_POOL } from '../hours/route.ts';
import type { Jobs } from './jobs.ts';
import { type Colleague, recipientsOf, type Step, urgencyOf } from './ladder.ts';

/**
 * Writes the alerts of the steps that are taken now: one for each person however many steps that is, and one for the city
 * pool's channel when it is another than the conversation's own (F35). @returns how many.
 */
export async function alertStaff(
  jobs: Pick<Jobs, 'alert'>,
  tx: Tx,
  row: ConversationRow,
  steps: readonly Step[],
  now: Date,
): Promise<number> {
  const urgency = urgencyOf(row.risk);
  const staff = await onDuty(tx, now);
  const people = new Set(steps.flatMap((step) => recipientsOf(step, { district: row.district, urgency }, staff, now)));
  const channels = steps.includes('second-line') && row.district !== CITY_POOL ? [CITY_POOL] : [];
  const targets = [...[...people].map((workerId) => ({ workerId })), ...channels.map((district) => ({ district }))];
  if (targets.length === 0) return 0;
  const cause = `${row.ownerEpoch}:${urgency}:${steps.at(-1)}`;
  const written = await tx
    .insert(alert)
    .values(
      targets.map((to) => ({ id: newId('alr'), conversationId: row.id, ...to, cause, createdAt: now, updatedAt: now })),
    )
    .onConflictDoNothing()
    .returning({ id: alert.id });
  for (const { id } of written) await jobs.alert(tx, id);
  return written.length;
}

const onDuty = (tx: Tx, now: Date): Promise<Colleague[]> =>
  tx
    .select({
      id: worker.id,
      role: worker.role,
      alerts: worker.alerts,
      onDutyUntil: worker.onDutyUntil,
      districts: sql<string[]>`array_agg(${workerDistrict.district})`,
    })
    .from(worker)
    .innerJoin(workerDistrict, eq(workerDistrict.workerId, worker.id))
    .where(and(eq(worker.active, true), sql`${worker.onDutyUntil} > ${now.toISOString()}::timestamptz`))
    .groupBy(worker.id);
