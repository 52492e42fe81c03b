import { eq } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';
import { district, type TeamsReference } from '../../../../db/schema/place.ts';
import { card } from '../../../../db/schema/work.ts';
import type { CardJson } from '../../../inbox/cards/card-json.ts';
import { conversationCard, type Links, summaryOf } from '../../../inbox/cards/conversation-card.ts';
import { noticeCard } from '../../../inbox/cards/notice-card.ts';
import type { Log } from '../../log.ts';
import { mustLook, shownOf } from './card-shown.ts';
import type { Connector, Posted } from './connector.ts';
import { channelOf, type Line } from './line.ts';
import type { Pace } from './pace.ts';
import { readTruth, type Truth } from './read-truth.ts';
import { markRoute } from './route-health.ts';
import { againIn, asFailure, isFinal, type SendFailure } from './send-failure.ts';

export interface CardSyncDeps extends Links {
  db: Db;
  connector: Connector;
  line: Line;
  pace: Pace;
  log: Log;
  clock(): Date;
  /** A number in [0, 1). */
  random(): number;
}

type CardRow = typeof card.$inferSelect;

/** A card is edited at most this often (F31). */
const REST_MS = 5_000;
/** A post whose end is not known: if nobody has come by then, the next route is taken (F32: within a minute). */
const RECONCILE_MS = 45_000;
/** No conversation has this version: the next run edits the card whatever it is thought to show. */
export const STALE = -1;

/**
 * Makes the one card of a conversation true: posted when somebody must look, edited in place afterwards, always with what holds
 * now. Runs of one conversation must not overlap (the job queue keeps them in line).
 * @returns after how many ms it wants to be run again, or null.
 * @throws SendFailure to be tried again; never on the last try.
 */
export function createCardSync(
  deps: CardSyncDeps,
): (conversationId: string, lastTry: boolean) => Promise<number | null> {
  const { db, connector, line, log, clock } = deps;

  return async (id, lastTry) => {
    try {
      return await sync(id);
    } catch (error) {
      const failure = asFailure(error);
      if (failure.retryAfterMs !== null) return againIn(failure.retryAfterMs, deps.random);
      if (!lastTry) throw failure;
      log.error('card.given-up', { conversation: id, code: failure.code });
      return null;
    }
  };

  async function sync(id: string): Promise<number | null> {
    const truth = await readTruth(db, deps, id);
    if (!truth) return null;
    const row = await readRow(id);
    if (!row) return post(truth);
    // A run that died between the post and its answer.
    if (row.activityId === null && row.error === null) return mark(id, 'unknown');
    if (row.error === null && isTrue(row, truth)) return null;
    const restMs = row.updatedAt.getTime() + REST_MS - clock().getTime();
    if (row.error === null && restMs > 0) return restMs;
    if (row.district !== truth.district) return retire(row, 'moved').then(() => post(truth));
    if (mustLook(row.state, truth.facts)) return retire(row, 'newer').then(() => post(truth));
    return row.error === null ? edit(row, truth) : reconcile(row, truth);
  }

  /** What went wrong is not repeated blindly (F30), and not left at that either. */
  async function reconcile(row: CardRow, truth: Truth): Promise<number | null> {
    const id = row.conversationId;
    const waitMs = row.updatedAt.getTime() + RECONCILE_MS - clock().getTime();
    const boundAt = Date.parse(truth.teams?.boundAt ?? '');
    if (truth.facts.owner !== 'waiting') await write(id, { state: shownOf(truth.facts) });
    else if (boundAt > row.updatedAt.getTime()) return forget(id).then(() => post(truth));
    else if (row.error === 'unknown' && waitMs > 0) return waitMs;
    else if (row.error === 'unknown') return forget(id).then(() => post(truth, row.teamsConversationId));
    return null;
  }

  /** @param avoid a Teams conversation that has been tried: it comes last. */
  async function post(truth: Truth, avoid: string | null = null): Promise<number | null> {
    if (truth.facts.owner !== 'waiting' || !truth.teams) return null;
    for (const route of await routes(truth.teams, avoid)) {
      const failure = await tryPost(truth, route);
      if (!failure) return null;
      log.error('card.failed', { conversation: truth.facts.conversation, error: failure.kind, code: failure.code });
      const again = await mark(truth.facts.conversation, failure.kind);
      if (failure.kind === 'unknown') return again;
      await markRoute(db, route, failure.kind);
    }
    return null;
  }

  /** The district's own conversation, then the city pool's. */
  async function routes(own: TeamsReference, avoid: string | null): Promise<TeamsReference[]> {
    const [pool] = await db.select({ teams: district.teams }).from(district).where(eq(district.slug, 'staden'));
    const all = pool?.teams && pool.teams.conversationId !== own.conversationId ? [own, pool.teams] : [own];
    const tried = (route: TeamsReference) => avoid !== null && channelOf(avoid) === channelOf(route.conversationId);
    return all.sort((a, b) => Number(tried(a)) - Number(tried(b)));
  }

  /** @returns why it did not get there, or null. */
  async function tryPost(truth: Truth, route: TeamsReference): Promise<SendFailure | null> {
    const { facts } = truth;
    const id = facts.conversation;
    await forget(id);
    // The row comes first: should we die before the answer, the post is never repeated blindly (F30).
    await db.insert(card).values({
      conversationId: id,
      district: truth.district,
      serviceUrl: route.serviceUrl,
      teamsConversationId: route.conversationId,
      state: shownOf(facts),
      version: facts.version,
      updatedAt: clock(),
    });
    try {
      const posted = await line.run(channelOf(route.conversationId), () => create(route, activityOf(truth)));
      await write(id, { activityId: posted.activityId, teamsConversationId: posted.conversationId });
      await markRoute(db, route, null);
      return null;
    } catch (error) {
      const failure = asFailure(error);
      if (failure.kind !== 'later') return failure;
      await forget(id);
      throw failure;
    }
  }

  async function create(route: TeamsReference, activity: CardJson): Promise<Posted> {
    if (route.conversationId.endsWith('@thread.tacv2'))
      return connector.post({ ...route, channelId: route.conversationId }, activity);
    return { conversationId: route.conversationId, activityId: await connector.send(route, activity) };
  }

  async function edit(row: CardRow, truth: Truth): Promise<number | null> {
    const id = row.conversationId;
    const waitMs = deps.pace.editIn(channelOf(row.teamsConversationId), id);
    if (waitMs > 0) return waitMs;
    try {
      await put(row, activityOf(truth));
      await write(id, { state: shownOf(truth.facts), version: truth.facts.version });
    } catch (error) {
      const failure = asFailure(error);
      if (!isFinal(failure)) throw failure;
      log.error('card.failed', { conversation: id, error: failure.kind, code: failure.code });
      await mark(id, failure.kind);
      if (truth.facts.owner === 'waiting') return post(truth);
    }
    return null;
  }

  /** This card is no longer the one: it says so, and is let go of. */
  async function retire(row: CardRow, why: 'moved' | 'newer'): Promise<void> {
    try {
      if (row.activityId !== null && row.error === null) await put(row, messageOf(noticeCard(why)));
    } catch (error) {
      const failure = asFailure(error);
      if (!isFinal(failure)) throw failure;
    }
    await forget(row.conversationId);
  }

  function put({ serviceUrl, teamsConversationId, activityId }: CardRow, content: CardJson): Promise<void> {
    const at = { serviceUrl, conversationId: teamsConversationId, activityId: activityId ?? '' };
    return line.run(channelOf(teamsConversationId), () => connector.update(at, content));
  }

  async function mark(id: string, error: SendFailure['kind']): Promise<number | null> {
    await write(id, { error });
    return error === 'unknown' ? RECONCILE_MS : null;
  }

  async function readRow(id: string): Promise<CardRow | null> {
    const [row] = await db.select().from(card).where(eq(card.conversationId, id));
    return row ?? null;
  }

  async function write(id: string, set: Partial<CardRow>): Promise<void> {
    const changed = { ...set, updatedAt: clock() };
    await db.update(card).set(changed).where(eq(card.conversationId, id));
  }

  async function forget(id: string): Promise<void> {
    await db.delete(card).where(eq(card.conversationId, id));
  }
}

const isTrue = (row: CardRow, { district, facts }: Truth): boolean =>
  row.district === district && row.state === shownOf(facts) && row.version !== STALE;

const activityOf = ({ facts }: Truth): CardJson => ({
  ...messageOf(conversationCard(facts)),
  summary: summaryOf(facts),
});

/** A message that is one card and no text: Teams splits what has both, and then tells no id (MICROSOFT §9). */
export const messageOf = (content: CardJson): CardJson => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});
