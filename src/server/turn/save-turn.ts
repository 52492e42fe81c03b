import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { append, type ConversationRow, record } from '../../../db/append.ts';
import type { Db, Tx } from '../../../db/client.ts';
import { given, prepared, preparedFor } from '../../../db/prepared.ts';
import { decideField } from '../../../db/protected.ts';
import { conversation, message, phone } from '../../../db/schema/conversation.ts';
import { withdrawnAnswer } from '../../../db/schema/protected.ts';
import type { Vault } from '../../../db/vault.ts';
import { type Outcome, type Reply, RISKS, type TurnInput, worse } from '../../bot/outcome.ts';
import type { Moment } from '../hours/route.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type Hub, tellChanged } from '../realtime/hub.ts';
import { homeOf, placedAt } from './place.ts';

export interface FinishedTurn {
  /** The row as it was when the turn was leased. */
  leased: ConversationRow;
  token: string;
  input: TurnInput;
  /** The opening hours that `input` was told of: the hand-over follows the same ones [B18]. */
  moment: Moment;
  /** The last message this turn answers. */
  upTo: number;
  /** When the number or address of `input.field` was put aside. */
  offeredAt: Date | null;
  /** Null when the bot failed for good: a person is asked instead. */
  outcome: Outcome | null;
}

export type SaveTurn = (turn: FinishedTurn) => Promise<void>;

export interface SaveTurnDeps {
  db: Db;
  vault: Vault;
  jobs: Jobs & { wake(): void };
  hub: Pick<Hub, 'publish'>;
  clock(): Date;
  wake(conversationId: string, dueAt: Date): void;
  /** The line for a handoff whose reply has no words, and for a turn that failed. */
  fallback(why: 'handoff' | 'failed', input: TurnInput): Reply;
}

/**
 * Saves reply, state, handoff, delivery and events in one transaction, if the turn is still the one that is leased and the
 * owner is still the one it was made for. Otherwise nothing the bot said is kept (F1).
 */
export function createSaveTurn(deps: SaveTurnDeps): SaveTurn {
  return async (turn) => {
    const now = deps.clock();
    const saved = await deps.db.transaction(async (tx) => {
      const [row] = await lockLeased(tx, { id: turn.leased.id, token: turn.token });
      if (!row) return null;
      const outdated = row.ownerEpoch !== turn.leased.ownerEpoch || (await saysWithdrawn(tx, turn.outcome));
      if (outdated) return { row, due: await again(tx, row, now) };
      const outcome = turn.outcome ?? failed(deps, turn.input);
      const reply =
        outcome.handoff && !outcome.reply?.text.trim()
          ? deps.fallback('handoff', { ...turn.input, district: outcome.district ?? turn.input.district })
          : outcome.reply;
      await markAnswered(tx, { handledAt: now }, { id: row.id, upTo: turn.upTo });
      const changed = await change(tx, row, outcome, turn.moment, now);
      const texts = reply ? await say(deps, tx, changed, outcome, reply, now) : false;
      if (outcome.keep !== undefined && turn.offeredAt)
        await decideField(tx, row.id, { keep: outcome.keep, offeredAt: turn.offeredAt }, now);
      const cards = changed.version !== row.version;
      if (cards) await deps.jobs.card(tx, row.id);
      return { row: changed, due: await nextDue(tx, changed, now), was: row.district, jobs: texts || cards };
    });
    if (!saved) return;
    const { row, was = row.district } = saved;
    tellChanged(deps.hub, row.threadId, ...new Set([row.district, was]));
    if (saved.jobs) deps.jobs.wake();
    if (saved.due) deps.wake(row.id, saved.due);
  };
}

/** An answer that was taken back while the bot was thinking is not said: the turn is run again without it (A7). */
async function saysWithdrawn(tx: Tx, outcome: Outcome | null): Promise<boolean> {
  const ids = outcome?.reply?.answers.map((answer) => answer.id).filter((id) => !id.startsWith('words:')) ?? [];
  if (ids.length === 0) return false;
  const rows = await tx.select().from(withdrawnAnswer).where(inArray(withdrawnAnswer.id, ids)).limit(1);
  return rows.length > 0;
}

/** The owner changed and changed back while the bot was thinking: what it thought is void, the turn is owed anew. */
async function again(tx: Tx, row: ConversationRow, now: Date): Promise<Date | null> {
  const due = row.owner === 'bot' || row.owner === 'waiting' ? now : null;
  await tx
    .update(conversation)
    .set({ turnToken: null, turnLeaseUntil: null, turnDueAt: due })
    .where(eq(conversation.id, row.id));
  return due;
}

async function change(
  tx: Tx,
  row: ConversationRow,
  outcome: Outcome,
  moment: Moment,
  now: Date,
): Promise<ConversationRow> {
  const handoff = outcome.handoff !== null && row.owner === 'bot';
  const home = outcome.district ?? homeOf(row);
  const waits = handoff || row.owner === 'waiting';
  const place = waits ? placedAt(moment, home) : { district: home, homeDistrict: null };
  const moved = place.district !== row.district;
  const raised = RISKS.indexOf(outcome.triage.risk) > RISKS.indexOf(row.risk);
  const fresh = outcome.triage.reasons.filter(
    (r) => !row.reasons.some((k) => k.kind === r.kind && k.level === r.level),
  );
  const into = {
    state: { ...outcome.state },
    language: outcome.language,
    ...place,
    risk: worse(row.risk, outcome.triage.risk),
    reasons: [...row.reasons, ...fresh].slice(0, 40),
    turnToken: null,
    turnLeaseUntil: null,
    turnAttempts: 0,
    ...(handoff ? { owner: 'waiting' as const, waitingSince: now, ownerEpoch: row.ownerEpoch + 1 } : {}),
    version: row.version + (handoff || moved || raised ? 1 : 0),
  };
  const [changed] = await changeConversation(tx, into, { of: row.id });
  if (!changed) throw new Error('the locked conversation is gone');
  if (raised) await record(tx, changed, 'risk', now);
  if (moved) {
    await record(tx, { ...changed, district: row.district }, 'district', now);
    await record(tx, changed, 'district', now);
  }
  if (handoff) await record(tx, changed, 'waiting', now);
  return changed;
}

async function say(
  deps: SaveTurnDeps,
  tx: Tx,
  row: ConversationRow,
  outcome: Outcome,
  reply: Reply,
  now: Date,
): Promise<boolean> {
  const meta = {
    ...(reply.choices.length > 0 ? { choices: reply.choices } : {}),
    ...(outcome.topics.length > 0 ? { topics: outcome.topics } : {}),
    ...(outcome.handoff ? { owner: row.owner } : {}),
    ...(outcome.meta ? { why: { ...outcome.meta } } : {}),
  };
  const said = { author: 'bot' as const, text: reply.text, language: outcome.language, answers: reply.answers, meta };
  const { deliveryId } = await append(tx, deps.vault, row, said, now);
  if (deliveryId) await deps.jobs.sms(tx, deliveryId, row.id);
  if (row.phoneId && reply.answers.some(({ id }) => id === 'words:gate_ask'))
    await tx
      .update(phone)
      .set({ gateAskedAt: now })
      .where(and(eq(phone.id, row.phoneId), isNull(phone.gateAskedAt)));
  return deliveryId !== null;
}

const lockLeased = prepared((db) =>
  db
    .select()
    .from(conversation)
    .where(
      and(
        eq(conversation.id, given('id', conversation.id)),
        eq(conversation.turnToken, given('token', conversation.turnToken)),
      ),
    )
    .for('update'),
);
const changeConversation = preparedFor(conversation, (db, change) =>
  db
    .update(conversation)
    .set(change)
    .where(eq(conversation.id, given('of', conversation.id)))
    .returning(),
);
const isOwed = and(
  eq(message.conversationId, given('id', message.conversationId)),
  eq(message.author, 'visitor'),
  isNull(message.handledAt),
);
const markAnswered = preparedFor(message, (db, answered) =>
  db
    .update(message)
    .set(answered)
    .where(and(isOwed, lte(message.seq, given('upTo', message.seq)))),
);
const countOwed = prepared((db) => db.select({ n: sql<string>`count(*)` }).from(message).where(isOwed));

/** Messages that came while the bot was thinking are the next turn; none is dropped because one was running. */
async function nextDue(tx: Tx, row: ConversationRow, now: Date): Promise<Date | null> {
  const [more] = await countOwed(tx, { id: row.id });
  const due = Number(more?.n ?? 0) === 0 ? null : new Date(Math.max(now.getTime(), row.turnDueAt?.getTime() ?? 0));
  await changeConversation(tx, { turnDueAt: due, turnSince: due ? (row.turnDueAt ?? now) : null }, { of: row.id });
  return due;
}

const failed = (deps: SaveTurnDeps, input: TurnInput): Outcome => ({
  reply: input.messages.length === 0 ? null : deps.fallback('failed', input),
  state: input.state,
  language: input.language,
  district: null,
  triage: { risk: input.risk, kinds: [], reasons: [], wantsHuman: false },
  handoff: input.messages.length === 0 ? null : 'failed',
  topics: [],
});
