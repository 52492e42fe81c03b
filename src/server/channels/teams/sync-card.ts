import { eq } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';
import type { TeamsReference } from '../../../../db/schema/place.ts';
import { card } from '../../../../db/schema/work.ts';
import type { CardJson } from '../../../inbox/cards/card-json.ts';
import { conversationCard, summaryOf } from '../../../inbox/cards/conversation-card.ts';
import { noticeCard } from '../../../inbox/cards/notice-card.ts';
import type { Log } from '../../log.ts';
import type { Connector, Posted } from './connector.ts';
import type { Line } from './line.ts';
import { readTruth, type Truth } from './read-truth.ts';
import { SendFailure } from './send-failure.ts';

export interface CardSyncDeps {
  db: Db;
  connector: Connector;
  line: Line;
  log: Log;
  clock(): Date;
  publicUrl: string;
}

type CardRow = typeof card.$inferSelect;

/**
 * Makes the one card of a conversation true: posted when somebody must look, edited in place afterwards, always with what holds
 * now. Runs of one conversation must not overlap (the job queue keeps them in line).
 * @throws SendFailure to be tried again; never on the last try.
 */
export function createCardSync(deps: CardSyncDeps): (conversationId: string, lastTry: boolean) => Promise<void> {
  const { db, connector, line, log, clock } = deps;

  return async (id, lastTry) => {
    const truth = await readTruth(db, deps.publicUrl, id);
    if (!truth) return;
    const found = await readRow(id);
    const row = found && found.district !== truth.district ? await retire(found, lastTry) : found;
    if (!row) return post(truth, lastTry);
    if (row.activityId !== null && row.error === null) return update(row, row.activityId, truth, lastTry);
    if (row.error === null) await mark(row.conversationId, 'unknown');
    // A card that is lost or refused stays so until somebody must look again: then a new one is posted, once.
    if (truth.facts.owner === 'waiting' && row.state !== 'waiting') {
      await forget(id);
      return post(truth, lastTry);
    }
    await write(id, { state: truth.facts.owner });
  };

  async function post(truth: Truth, lastTry: boolean): Promise<void> {
    const { facts, teams } = truth;
    if (facts.owner !== 'waiting' || !teams) return;
    const id = facts.conversation;
    // The row comes first: should we die before the answer, the post is never repeated blindly (F30).
    const [begun] = await db
      .insert(card)
      .values({
        conversationId: id,
        district: truth.district,
        serviceUrl: teams.serviceUrl,
        teamsConversationId: teams.conversationId,
        state: facts.owner,
        version: facts.version,
        updatedAt: clock(),
      })
      .onConflictDoNothing()
      .returning();
    if (!begun) return;
    try {
      const posted = await line.run(teams.conversationId, () => create(teams, activityOf(truth)));
      await write(id, { activityId: posted.activityId, teamsConversationId: posted.conversationId });
    } catch (error) {
      const failure = asFailure(error);
      if (failure.kind !== 'later') return mark(id, failure.kind, failure.code);
      await forget(id);
      giveUpOrThrow(id, failure, lastTry);
    }
  }

  async function create(teams: TeamsReference, activity: CardJson): Promise<Posted> {
    if (teams.conversationId.endsWith('@thread.tacv2')) {
      return connector.post({ ...teams, channelId: teams.conversationId }, activity);
    }
    return { conversationId: teams.conversationId, activityId: await connector.send(teams, activity) };
  }

  async function update(row: CardRow, activityId: string, truth: Truth, lastTry: boolean): Promise<void> {
    const { owner, version } = truth.facts;
    if (row.state === owner && row.version === version) return;
    try {
      await edit(row, activityId, activityOf(truth));
      await write(row.conversationId, { state: owner, version });
    } catch (error) {
      const failure = asFailure(error);
      if (isFinal(failure)) return mark(row.conversationId, failure.kind, failure.code);
      giveUpOrThrow(row.conversationId, failure, lastTry);
    }
  }

  /** The district has changed: the card in the old one says so, and is let go of. */
  async function retire(row: CardRow, lastTry: boolean): Promise<null> {
    try {
      if (row.activityId !== null && row.error === null) {
        await edit(row, row.activityId, activity(noticeCard('moved')));
      }
    } catch (error) {
      const failure = asFailure(error);
      if (!isFinal(failure)) giveUpOrThrow(row.conversationId, failure, lastTry);
    }
    await forget(row.conversationId);
    return null;
  }

  function edit({ serviceUrl, teamsConversationId }: CardRow, activityId: string, content: CardJson): Promise<void> {
    const at = { serviceUrl, conversationId: teamsConversationId, activityId };
    return line.run(channelOf(teamsConversationId), () => connector.update(at, content));
  }

  function giveUpOrThrow(id: string, failure: SendFailure, lastTry: boolean): void {
    if (!lastTry) throw failure;
    log.error('card.given-up', { conversation: id, code: failure.code });
  }

  async function mark(id: string, error: SendFailure['kind'], code = 'lost'): Promise<void> {
    log.error('card.failed', { conversation: id, error, code });
    await write(id, { error });
  }

  async function readRow(id: string): Promise<CardRow | null> {
    const [row] = await db.select().from(card).where(eq(card.conversationId, id));
    return row ?? null;
  }

  async function write(id: string, set: Partial<CardRow>): Promise<void> {
    const at = clock();
    await db
      .update(card)
      .set({ ...set, updatedAt: at })
      .where(eq(card.conversationId, id));
  }

  async function forget(id: string): Promise<void> {
    await db.delete(card).where(eq(card.conversationId, id));
  }
}

/** Cards of a channel share its limits, though each is a thread of its own. */
const channelOf = (teamsConversationId: string): string => teamsConversationId.replace(/;messageid=.*$/, '');

/** An edit may be repeated, so that only a plain no is final. */
const isFinal = ({ kind }: SendFailure): boolean => kind !== 'later' && kind !== 'unknown';

function asFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  throw error;
}

const activityOf = ({ facts }: Truth): CardJson => ({
  ...activity(conversationCard(facts)),
  summary: summaryOf(facts),
});
const activity = (content: CardJson): CardJson => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});
