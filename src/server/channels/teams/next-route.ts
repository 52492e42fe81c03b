import { and, eq, gt, inArray, isNotNull, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../../../db/client.ts';
import { newId } from '../../../../db/schema/columns.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import { district } from '../../../../db/schema/place.ts';
import { worker, workerDistrict } from '../../../../db/schema/staff.ts';
import { alert } from '../../../../db/schema/work.ts';
import { isRed } from '../../../inbox/cards/conversation-card.ts';

export type AlertRow = typeof alert.$inferSelect;

export interface NextRouteDeps {
  db: Db;
  jobs: { alert(tx: Tx, alertId: string): Promise<void>; wake(): void };
  clock(): Date;
}

const POOL = 'staden';

/**
 * Who is told instead of somebody who could not be: another colleague of the district who is on duty, wants such alerts and can be
 * reached; then the district's channel; then the city pool's. Nobody twice for the same step.
 */
export function createNextRoute({ db, jobs, clock }: NextRouteDeps): (failed: AlertRow) => Promise<void> {
  return async (failed) => {
    const found = await db.transaction(async (tx) => {
      const to = await nextOf(tx, failed);
      if (!to) return false;
      const { conversationId, cause } = failed;
      const row = { id: newId('alr'), conversationId, cause, ...to, createdAt: clock() };
      const made = await tx.insert(alert).values(row).onConflictDoNothing().returning({ id: alert.id });
      for (const { id } of made) await jobs.alert(tx, id);
      return made.length > 0;
    });
    if (found) jobs.wake();
  };

  async function nextOf(tx: Tx, failed: AlertRow): Promise<{ workerId: string } | { district: string } | null> {
    const { conversationId, cause } = failed;
    const [about] = await tx
      .select({ district: conversation.district, risk: conversation.risk })
      .from(conversation)
      .where(eq(conversation.id, conversationId));
    if (!about?.district) return null;
    const told = await tx
      .select({ workerId: alert.workerId, district: alert.district })
      .from(alert)
      .where(and(eq(alert.conversationId, conversationId), eq(alert.cause, cause)));
    const colleague = failed.workerId ? await colleagueOf(tx, about.district, isRed(about.risk), told) : null;
    if (colleague) return { workerId: colleague };
    const slug = [about.district, POOL].find((each) => told.every((t) => t.district !== each));
    const [bound] = slug
      ? await tx
          .select({ slug: district.slug })
          .from(district)
          .where(and(inArray(district.slug, [slug, POOL]), isNotNull(district.teams)))
          .orderBy(sql`${district.slug} = ${POOL}`)
      : [];
    return bound && told.every((t) => t.district !== bound.slug) ? { district: bound.slug } : null;
  }

  async function colleagueOf(tx: Tx, slug: string, red: boolean, told: { workerId: string | null }[]) {
    const [found] = await tx
      .select({ id: worker.id })
      .from(worker)
      .innerJoin(workerDistrict, and(eq(workerDistrict.workerId, worker.id), eq(workerDistrict.district, slug)))
      .where(
        and(
          eq(worker.active, true),
          isNotNull(worker.teams),
          inArray(worker.alerts, red ? ['red', 'all'] : ['all']),
          inArray(worker.alertHealth, ['ok', 'unknown']),
          gt(worker.onDutyUntil, clock()),
          notInArray(worker.id, ['', ...told.flatMap(({ workerId }) => workerId ?? [])]),
        ),
      )
      .orderBy(worker.id)
      .limit(1);
    return found?.id ?? null;
  }
}
