import { eq } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';
import { district, type TeamsReference } from '../../../../db/schema/place.ts';
import { type AlertHealth, worker } from '../../../../db/schema/staff.ts';
import { alert } from '../../../../db/schema/work.ts';
import { alertCard, alertSummaryOf, type Links } from '../../../inbox/cards/conversation-card.ts';
import type { Log } from '../../log.ts';
import type { Connector } from './connector.ts';
import { channelOf, type Line } from './line.ts';
import { type AlertRow, createNextRoute, type NextRouteDeps } from './next-route.ts';
import { readTruth, type Truth } from './read-truth.ts';
import { markRoute } from './route-health.ts';
import { againIn, asFailure, type SendFailure } from './send-failure.ts';
import { messageOf } from './sync-card.ts';

export interface AlertSendDeps extends Links, NextRouteDeps {
  db: Db;
  connector: Connector;
  line: Line;
  log: Log;
  clock(): Date;
  /** A number in [0, 1). */
  random(): number;
}

/** Teams not answering for this long is a failure too, so that the next route is taken within a minute (F32). */
const PATIENCE_MS = 20_000;

/**
 * Sends one alert: district, urgency, channel, waiting time and a link, and nothing else (F36). Whoever cannot be reached is
 * marked, and the next route is taken: another colleague on duty, then the district's channel, then the city pool's.
 * @returns after how many ms it wants to be run again, or null.
 * @throws SendFailure to be tried again; never on the last try.
 */
export function createAlertSend(deps: AlertSendDeps): (alertId: string, lastTry: boolean) => Promise<number | null> {
  const { db, connector, line, log, clock } = deps;
  const nextRoute = createNextRoute(deps);

  return async (id, lastTry) => {
    const [row] = await db.select().from(alert).where(eq(alert.id, id));
    if (!row) return null;
    // A run that died on the way: it may have arrived, so that it is not sent again (F30).
    if (row.state === 'unknown' && row.error === 'sending') return fail(row, 'unknown', 'lost');
    if (row.state !== 'due') return null;
    const truth = await readTruth(db, deps, row.conversationId);
    if (!truth || truth.facts.owner === 'closed') return write(id, { state: 'failed', error: 'over' });
    const to = await addressOf(row);
    if (!to) return fail(row, 'failed', 'missing');
    try {
      await write(id, { state: 'unknown', error: 'sending' });
      await line.run(channelOf(to.conversationId), () => send(to, truth));
      await write(id, { state: 'sent', error: null });
      await markHealth(row, to, null);
      return null;
    } catch (error) {
      return refused(row, to, asFailure(error), lastTry);
    }
  };

  async function refused(row: AlertRow, to: TeamsReference, failure: SendFailure, lastTry: boolean) {
    const { kind, retryAfterMs } = failure;
    const leftMs = row.createdAt.getTime() + PATIENCE_MS - clock().getTime();
    if (kind === 'later' && !lastTry && leftMs > (retryAfterMs ?? 0)) {
      await write(row.id, { state: 'due', error: null });
      if (retryAfterMs === null) throw failure;
      return againIn(retryAfterMs, deps.random);
    }
    if (kind !== 'later' && kind !== 'unknown') await markHealth(row, to, kind);
    return fail(row, kind === 'unknown' ? 'unknown' : 'failed', kind);
  }

  async function fail(row: AlertRow, state: 'failed' | 'unknown', error: string): Promise<null> {
    log.error('alert.failed', { alert: row.id, conversation: row.conversationId, error });
    if (row.workerId && error === 'missing')
      await db.update(worker).set({ alertHealth: 'missing' }).where(eq(worker.id, row.workerId));
    await write(row.id, { state, error });
    await nextRoute(row);
    return null;
  }

  async function send(to: TeamsReference, { facts }: Truth): Promise<unknown> {
    const activity = {
      ...messageOf(alertCard(facts)),
      summary: alertSummaryOf(facts),
      channelData: { notification: { alert: true } },
    };
    if (to.conversationId.endsWith('@thread.tacv2'))
      return connector.post({ ...to, channelId: to.conversationId }, activity);
    return connector.send(to, activity);
  }

  async function addressOf({ workerId, district: slug }: AlertRow): Promise<TeamsReference | null> {
    const [found] = workerId
      ? await db.select({ teams: worker.teams, active: worker.active }).from(worker).where(eq(worker.id, workerId))
      : await db
          .select({ teams: district.teams })
          .from(district)
          .where(eq(district.slug, slug ?? ''));
    return found && !('active' in found && !found.active) ? found.teams : null;
  }

  async function markHealth({ workerId }: AlertRow, to: TeamsReference, why: SendFailure['kind'] | null) {
    if (!workerId) return markRoute(db, to, why);
    const alertHealth: AlertHealth = why === null ? 'ok' : why === 'gone' ? 'missing' : 'blocked';
    await db.update(worker).set({ alertHealth }).where(eq(worker.id, workerId));
  }

  async function write(id: string, set: Partial<AlertRow>): Promise<null> {
    const changed = { ...set, updatedAt: clock() };
    await db.update(alert).set(changed).where(eq(alert.id, id));
    return null;
  }
}
