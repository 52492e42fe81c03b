import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db, Reader } from '../../../../db/client.ts';
import { district, type TeamsReference } from '../../../../db/schema/place.ts';
import { worker } from '../../../../db/schema/staff.ts';
import { alert, card } from '../../../../db/schema/work.ts';

/** Notes on every district that posts there why this Teams conversation takes nothing more, or with null that it does again. */
export async function markRoute(
  db: Db,
  { conversationId, failing }: TeamsReference,
  why: string | null,
): Promise<void> {
  if ((failing ?? null) === why) return;
  const teams = sql`case when ${why}::text is null then ${district.teams} - 'failing'
    else ${district.teams} || jsonb_build_object('failing', ${why}::text) end`;
  await db.update(district).set({ teams }).where(sql`${district.teams} ->> 'conversationId' = ${conversationId}`);
}

/** How what was sent to Teams fared, and how many cannot be reached: gauges for the operator (F32). */
export async function teamsHealth(db: Reader): Promise<Record<string, number>> {
  const cards = await db.select({ error: card.error, n: sql<number>`count(*)::int` }).from(card).groupBy(card.error);
  const alerts = await db
    .select({ state: alert.state, n: sql<number>`count(*)::int` })
    .from(alert)
    .groupBy(alert.state);
  const failing = and(isNotNull(district.teams), sql`${district.teams} ? 'failing'`);
  const unreached = and(eq(worker.active, true), inArray(worker.alertHealth, ['blocked', 'missing']));
  const sum = (rows: { n: number }[]) => rows.reduce((total, { n }) => total + n, 0);
  return {
    teams_cards_sent: sum(cards.filter(({ error }) => error === null)),
    teams_cards_unknown: sum(cards.filter(({ error }) => error === 'unknown')),
    teams_cards_failed: sum(cards.filter(({ error }) => error !== null && error !== 'unknown')),
    ...Object.fromEntries(
      ['sent', 'unknown', 'failed'].map((s) => [`teams_alerts_${s}`, sum(alerts.filter(({ state }) => state === s))]),
    ),
    teams_channels_failing: await db.$count(district, failing),
    teams_people_unreachable: await db.$count(worker, unreached),
  };
}
