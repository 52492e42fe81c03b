import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Db } from '../../../db/client.ts';
import { gateIn } from '../../../db/gate.ts';
import type { PhoneRow } from '../../../db/phones.ts';
import { given, prepared, preparedFor } from '../../../db/prepared.ts';
import { fieldOf } from '../../../db/protected.ts';
import { newId } from '../../../db/schema/columns.ts';
import { conversation, message, phone } from '../../../db/schema/conversation.ts';
import { withdrawnAnswer } from '../../../db/schema/protected.ts';
import type { Vault } from '../../../db/vault.ts';
import { type DialogueState, type Gate, isFirstWord, type Outcome, type TurnInput } from '../../bot/outcome.ts';
import { CITY_POOL, type Moment } from '../hours/route.ts';
import type { Timetable } from '../hours/timetable.ts';
import { factsOf, type Log } from '../log.ts';
import type { Ask } from './adapter.ts';
import { aheadOf, homeOf } from './place.ts';
import { dueTurn } from './runner.ts';
import type { SaveTurn } from './save-turn.ts';

export interface RunTurnDeps {
  db: Db;
  vault: Vault;
  log: Log;
  clock(): Date;
  ask: Ask;
  save: SaveTurn;
  timetable: Pick<Timetable, 'at'>;
  wake(conversationId: string, dueAt: Date): void;
  /** How long one process may hold a turn before another takes it for crashed. */
  leaseMs: number;
}

/** What a failed turn is worth: after this many tries a person reads it instead. */
const TRIES = 3;

/**
 * Runs one conversation's due turn: leases it, asks the bot outside any transaction, and saves under the owner check.
 * A process that dies in between loses its lease, and the turn is run again; only one save can use a lease.
 */
export function createRunTurn(deps: RunTurnDeps): (conversationId: string) => Promise<void> {
  return async (id) => {
    const leased = await lease(deps, id);
    if (!leased) return;
    const { row, token } = leased;
    const moment = deps.timetable.at(deps.clock());
    const { input, upTo, offeredAt } = await inputOf(deps, row, moment);
    let outcome: Outcome | null = null;
    if (input.messages.length > 0 && row.turnAttempts <= TRIES) {
      try {
        outcome = await deps.ask(input, id);
      } catch (error) {
        deps.log.error('turn.failed', { conversation: id, attempt: row.turnAttempts, ...factsOf(error) });
        if (row.turnAttempts < TRIES) return giveBack(deps, id, token, row.turnAttempts);
      }
    }
    await deps.save({ leased: row, token, input, moment, upTo, offeredAt, outcome });
  };
}

async function lease(deps: RunTurnDeps, id: string): Promise<{ row: ConversationRow; token: string } | null> {
  const now = deps.clock();
  const token = newId('trn');
  const until = { turnToken: token, turnLeaseUntil: new Date(now.getTime() + deps.leaseMs) };
  const [row] = await leaseTurn(deps.db, until, { of: id, now });
  return row ? { row, token } : null;
}

const leaseTurn = preparedFor(conversation, (db, until) =>
  db
    .update(conversation)
    .set({ ...until, turnAttempts: sql`${conversation.turnAttempts} + 1` })
    .where(dueTurn(given('of', conversation.id), given('now', conversation.turnDueAt)))
    .returning(),
);

async function giveBack(deps: RunTurnDeps, id: string, token: string, attempts: number): Promise<void> {
  const again = new Date(deps.clock().getTime() + attempts * 500);
  await deps.db
    .update(conversation)
    .set({ turnToken: null, turnLeaseUntil: null, turnDueAt: again })
    .where(and(eq(conversation.id, id), eq(conversation.turnToken, token)));
  deps.wake(id, again);
}

/** Everything the bot may know, as values. `upTo` is the last message this turn answers. */
async function inputOf(
  deps: RunTurnDeps,
  row: ConversationRow,
  moment: Moment,
): Promise<{ input: TurnInput; upTo: number; offeredAt: Date | null }> {
  const [owed, [from], field, withdrawn] = await Promise.all([
    owedMessages(deps.db, { id: row.id }),
    row.phoneId ? findPhone(deps.db, { id: row.phoneId }) : [],
    fieldOf(deps.db, row.id),
    findWithdrawn(deps.db, {}),
  ]);
  const gate = gateNow(from, owed);
  // Nothing they wrote before the yes has been answered yet.
  const rows = gate === 'opened' ? await allMessages(deps.db, { id: row.id }) : owed;
  const key = deps.vault.unwrap(row);
  const state: DialogueState = row.state;
  const home = homeOf(row);
  const input: TurnInput = {
    channel: row.channel,
    gate,
    unreachable: from?.optedOutAt != null,
    messages: inOrderSent(rows).map(({ seq, body, at, meta: { firstWord } }) => ({
      ...{ text: deps.vault.open(key, body, `${row.id}:${seq}`), at },
      ...(isFirstWord(firstWord) ? { firstWord } : {}),
    })),
    language: rows.at(-1)?.language ?? row.language,
    risk: row.risk,
    district: home === CITY_POOL && !state.districtKnown ? null : home,
    waiting: row.owner === 'waiting',
    ahead: await aheadOf(deps.db, { ...row, district: moment.route(home).district }),
    state,
    now: moment.now,
    field: field?.keptAt === null ? field.kind : null,
    withdrawn: withdrawn.map((answer) => answer.id),
    opening: (district) => moment.route(district ?? CITY_POOL).opening,
  };
  return { input, upTo: rows.at(-1)?.seq ?? 0, offeredAt: field?.offeredAt ?? null };
}

const visitorMessages = (which?: SQL) =>
  prepared((db) =>
    db
      .select({ seq: message.seq, body: message.body, at: message.at, language: message.language, meta: message.meta })
      .from(message)
      .where(and(eq(message.conversationId, given('id', message.conversationId)), eq(message.author, 'visitor'), which))
      .orderBy(asc(message.seq)),
  );
const allMessages = visitorMessages();
const owedMessages = visitorMessages(isNull(message.handledAt));
const findPhone = prepared((db) =>
  db
    .select()
    .from(phone)
    .where(eq(phone.id, given('id', phone.id))),
);
const findWithdrawn = prepared((db) => db.select().from(withdrawnAnswer));

type Row = Awaited<ReturnType<typeof allMessages>>[number];

/** The gate was opened by one of these messages when both carry the same instant (`applyToPhone`). */
const gateNow = (from: PhoneRow | undefined, owed: Row[]): Gate =>
  owed.some(({ at }) => at.getTime() === from?.openSince?.getTime()) ? 'opened' : gateIn(from);

/** Parts of a burst as they were written, where the vendor tells of every one when; otherwise as they came. */
const inOrderSent = (rows: Row[]): Row[] =>
  rows.every(({ meta }) => meta.sentAt)
    ? rows.toSorted((a, b) => (a.meta.sentAt ?? '').localeCompare(b.meta.sentAt ?? '') || a.seq - b.seq)
    : rows;
