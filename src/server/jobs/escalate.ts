import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { append, type ConversationRow, record } from '../../../db/append.ts';
import { appendAudit } from '../../../db/audit.ts';
import type { Db, Tx } from '../../../db/client.ts';
import { conversation, message } from '../../../db/schema/conversation.ts';
import type { Vault } from '../../../db/vault.ts';
import type { HandingLine } from '../../inbox/queue/desk.ts';
import type { Moment } from '../hours/route.ts';
import type { Timetable } from '../hours/timetable.ts';
import type { Log } from '../log.ts';
import { type Hub, tellChanged } from '../realtime/hub.ts';
import { homeOf } from '../turn/place.ts';
import { alertStaff } from './alert-staff.ts';
import type { Jobs } from './jobs.ts';
import { dueSteps, heightOf, type Ladders, STEPS, type Urgency, urgencyOf } from './ladder.ts';

export interface EscalateDeps {
  db: Db;
  vault: Vault;
  jobs: Jobs & { wake(): void };
  hub: Pick<Hub, 'publish'>;
  log: Log;
  clock(): Date;
  timetable: Pick<Timetable, 'at'>;
  ladders: Ladders;
  /** What the visitor is told again while nobody has answered. */
  stillWaiting(to: Pick<ConversationRow, 'language' | 'channel'>): ReturnType<HandingLine>;
}

/** At the top of the ladder staff's inboxes ring again this often, until somebody takes it. */
export const AGAIN_MIN = 15;
const TOLD = 'words:still_waiting';

/**
 * Nobody waits unseen: climbs the ladder of each unclaimed conversation, one transaction each under the row lock, so that two
 * replicas never alarm twice and a restart forgets nothing. Red always; the others only while people are there to answer.
 */
export function createEscalate(deps: EscalateDeps): () => Promise<void> {
  return async () => {
    const moment = deps.timetable.at(deps.clock());
    for (const waiting of await whoWait(deps.db, moment.now)) {
      if (!dueFor(deps.ladders, waiting, waiting.begunAt, moment)) continue;
      const row = await deps.db.transaction((tx) => climb(deps, tx, waiting, moment));
      if (!row) continue;
      tellChanged(deps.hub, row.threadId, row.district);
      deps.jobs.wake();
    }
  };
}

type Waiting = Pick<
  ConversationRow,
  'risk' | 'district' | 'homeDistrict' | 'waitingSince' | 'alarmStep' | 'alarmedAt' | 'ownerEpoch'
>;

/** Who has a step left or may ring again, the worst first. `begunAt` is when it last became nobody's. */
async function whoWait(db: Db, now: Date) {
  const begunAt = sql<string | null>`to_json((select max(e.at) from event e where e.conversation_id = conversation.id
    and e.kind in ('waiting', 'released', 'returned', 'reopened', 'transferred'))) #>> '{}'`;
  const { id, risk, district, homeDistrict, waitingSince, alarmStep, alarmedAt, ownerEpoch } =
    getTableColumns(conversation);
  const rows = await db
    .select({ id, risk, district, homeDistrict, waitingSince, alarmStep, alarmedAt, ownerEpoch, begunAt })
    .from(conversation)
    .where(
      sql`${conversation.owner} = 'waiting' and ${conversation.owner} <> 'closed' and (${conversation.alarmStep} < case
        when ${conversation.rank} < 2 then ${TOP.red}::int when ${conversation.rank} = 2 then ${TOP.amber}::int else ${TOP.green}::int end
        or ${conversation.alarmedAt} <= ${againBefore(now).toISOString()}::timestamptz)`,
    )
    .orderBy(conversation.rank, conversation.waitingSince)
    .limit(1_000);
  return rows.map((row) => ({ ...row, begunAt: row.begunAt ? new Date(row.begunAt) : (row.waitingSince ?? now) }));
}

const height = (urgency: Urgency) => heightOf(urgency, STEPS.length);
const TOP = { red: height('red'), amber: height('amber'), green: height('green') };
const againBefore = (now: Date) => new Date(now.getTime() - AGAIN_MIN * 60_000);

/** What is due for one that waits; null when nothing is, or while nobody is there to hear and it is not red. */
function dueFor(ladders: Ladders, row: Waiting, begunAt: Date, moment: Moment) {
  const urgency = urgencyOf(row.risk);
  const { attendance } = moment.route(homeOf(row));
  if (urgency !== 'red' && !attendance.since) return null;
  const openedMs = urgency === 'red' ? 0 : (attendance.since?.getTime() ?? 0);
  const waitedMs = moment.now.getTime() - Math.max(begunAt.getTime(), openedMs);
  const steps = dueSteps(ladders, urgency, row.alarmStep, waitedMs);
  const again = row.alarmedAt !== null && row.alarmedAt <= againBefore(moment.now);
  return steps.length > 0 || again ? { urgency, steps } : null;
}

async function climb(
  deps: EscalateDeps,
  tx: Tx,
  seen: Waiting & { id: string; begunAt: Date },
  moment: Moment,
): Promise<ConversationRow | null> {
  const { now } = moment;
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, seen.id)).for('update');
  if (row?.owner !== 'waiting' || row.ownerEpoch !== seen.ownerEpoch) return null;
  const due = dueFor(deps.ladders, row, seen.begunAt, moment);
  if (!due) return null;
  const { steps, urgency } = due;
  if (steps.length === 0) return ringAgain(deps, tx, row, now);
  const alarms = steps.filter((step) => step !== 'district');
  const reached = STEPS.indexOf(steps.at(-1) ?? 'district');
  await tx
    .update(conversation)
    .set({ alarmStep: heightOf(urgency, reached + 1), ...(alarms.length > 0 ? { alarmedAt: now } : {}) })
    .where(eq(conversation.id, row.id));
  const alerted = await alertStaff(deps.jobs, tx, row, steps, now);
  if (steps.includes('visitor')) await tellVisitor(deps, tx, row, now);
  const step = alarms.at(-1);
  if (!step) return row;
  await record(tx, row, 'alarm', now, reached);
  deps.log.warn('queue.alarm', { conversation: row.id, district: row.district, urgency, step, alerted });
  const detail = { step, urgency, alerted };
  await appendAudit(tx, { actor: 'system', action: 'alarm', conversationId: row.id, detail }, now);
  return row;
}

/** Once in a wait, whatever becomes of the risk: the bot has said what it had to say (F8). */
async function tellVisitor(deps: EscalateDeps, tx: Tx, row: ConversationRow, now: Date): Promise<void> {
  const [told] = await tx
    .select({ seq: message.seq })
    .from(message)
    .where(
      and(
        eq(message.conversationId, row.id),
        sql`${message.answers} @> ${JSON.stringify([{ id: TOLD }])}::jsonb`,
        sql`${message.at} >= ${(row.waitingSince ?? now).toISOString()}::timestamptz`,
      ),
    )
    .limit(1);
  if (told) return;
  const { text, ref } = deps.stillWaiting(row);
  const said = { author: 'system' as const, text, language: row.language, answers: [ref] };
  const { deliveryId } = await append(tx, deps.vault, row, { ...said, meta: { owner: 'waiting' } }, now);
  if (deliveryId) await deps.jobs.sms(tx, deliveryId, row.id);
}

/** Nobody is pinged again, but every open inbox of the district shows it and the operator's log says so. */
async function ringAgain(deps: EscalateDeps, tx: Tx, row: ConversationRow, now: Date): Promise<ConversationRow> {
  await tx.update(conversation).set({ alarmedAt: now }).where(eq(conversation.id, row.id));
  await record(tx, row, 'alarm', now, STEPS.length);
  deps.log.warn('queue.waiting', { conversation: row.id, district: row.district, risk: row.risk });
  return row;
}
