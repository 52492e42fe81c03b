import type { Door } from '../../auth/door.ts';
import { readJson } from '../../body.ts';
import { factsOf, type Log } from '../../log.ts';
import { Problem } from '../../problem.ts';
import { TeamsActivity } from './activity.ts';
import type { InvokeAnswer, Receiver } from './adapter.ts';
import type { ChannelKeys } from './channel-keys.ts';
import { channelTokenOf, guardTeams } from './guard.ts';
import { createSeen } from './seen.ts';

const BODY_LIMIT = 256 * 1024;
/** Teams sends again after 15 s (F29); it has its answer long before, whatever else is slow. */
const ANSWER_MS = 1_800;
const LATE: InvokeAnswer = {
  status: 200,
  body: {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: 'Det tar längre tid än vanligt. Öppna inkorgen för att se läget.',
  },
};

export interface TeamsRoutesDeps {
  keys: ChannelKeys;
  receiver: Receiver;
  serviceHosts(url: string): boolean;
  log: Log;
}

/** `POST /api/messages`: Bot Framework activities and invokes (MICROSOFT §1). */
export function teamsRoutes(door: Door, { keys, receiver, serviceHosts, log }: TeamsRoutesDeps): void {
  const seen = createSeen(2_000);

  door.on('teams', 'post', '/api/messages', async (c) => {
    const endsAt = performance.now() + ANSWER_MS;
    const authorization = c.req.header('authorization') ?? '';
    const verified = await within(keys.verify(channelTokenOf(authorization)), ANSWER_MS);
    if (!verified) throw new Problem(503);
    const activity = await readJson(c, TeamsActivity, BODY_LIMIT);
    guardTeams(verified.value, activity, serviceHosts);
    const answer = await answerInTime(authorization, activity, endsAt);
    if (!answer) return c.body(null, 200);
    return Response.json(answer.body, { status: answer.status });
  });

  /** A slow turn goes on after the answer. A repeat is noticed only behind a good token: nobody else can use up an id. */
  async function answerInTime(
    authorization: string,
    activity: TeamsActivity,
    endsAt: number,
  ): Promise<InvokeAnswer | null> {
    const leftMs = () => Math.max(0, endsAt - performance.now());
    const key = activity.type === 'invoke' ? null : keyOf(activity);
    let verified = (): void => {};
    const begun = new Promise<void>((resolve) => {
      verified = resolve;
    });
    const turn = receiver.receive(authorization, activity, () => {
      verified();
      return key === null || seen.first(key);
    });
    turn.catch((error: unknown) => {
      if (error instanceof Problem) return;
      if (key) seen.forget(key);
      log.error('teams.turn', { ...factsOf(error), type: activity.type });
    });
    if (!(await within(Promise.race([turn, begun]), leftMs()))) throw new Problem(503);
    const late = activity.type === 'invoke' ? LATE : null;
    const done = await within(turn, leftMs());
    return done ? done.value : late;
  }
}

/** Ids are unique within a conversation only: Teams' are clock times. */
const keyOf = ({ type, id, conversation }: TeamsActivity): string | null =>
  id ? JSON.stringify([type, conversation.id, id]) : null;

/** @returns null when `ms` have passed first. */
async function within<T>(promise: Promise<T>, ms: number): Promise<{ value: T } | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([promise.then((value) => ({ value })), limit]);
  } finally {
    clearTimeout(timer);
  }
}
