import { setTimeout as sleep } from 'node:timers/promises';
import { desc } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import type { DialogueState } from '../../../src/bot/outcome.ts';
import type { Script } from '../read-set.ts';
import { isAtRest, newestOf, observe, type Seen } from './observe.ts';
import { createStaff, type Staff } from './staff.ts';
import { type House, startHouse } from './start-house.ts';
import type { PlayedTurn, Transcript } from './transcript.ts';
import { openChat, openPhone, type Visitor } from './visitor.ts';

/** A Tuesday when people answer and a Saturday night when nobody does. The house's clock only walks forward. */
const OFFICE_HOURS = '2026-11-24T10:00:00+01:00';
const CLOSED = '2026-11-28T23:40:00+01:00';
/** The database would outlive a run that is interrupted. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const REST_WITHIN_MS = 15_000;
/** PTS's numbers for fiction, one a script. */
const FIRST_NUMBER = 46_701_740_605;
const NUMBERS = 95;

/**
 * Plays scripts through the whole service, one after the other, each as a visitor of its own. No language model is
 * configured, so there is no prompt for a script's `promptCanary` to stand in.
 */
export async function playDialogues(scripts: readonly Script[]): Promise<Transcript[]> {
  if (scripts.filter((s) => s.channel === 'sms').length > NUMBERS)
    throw new Error(`at most ${NUMBERS} scripts by text message can be played in one run`);
  const house = await startHouse();
  const quit = () => void house.stop().finally(() => process.exit(130));
  for (const signal of SIGNALS) process.once(signal, quit);
  try {
    const played = new Map<string, Transcript>();
    let number = FIRST_NUMBER;
    for (const open of [true, false]) {
      house.setTime(open ? OFFICE_HOURS : CLOSED);
      const staff = await createStaff(house);
      for (const script of scripts.filter((s) => isOpen(s) === open)) {
        played.set(script.id, await play(house, staff, script, `+${number}`));
        if (script.channel === 'sms') number += 1;
      }
    }
    return scripts.flatMap((script) => played.get(script.id) ?? []);
  } finally {
    for (const signal of SIGNALS) process.off(signal, quit);
    await house.stop();
  }
}

const isOpen = ({ setup }: Script): boolean => setup.officeHours && setup.staffAvailable;

/** A script that cannot be played to its end keeps the turns it came to; the rest counts as not played. */
async function play(house: House, staff: Staff, script: Script, number: string): Promise<Transcript> {
  const turns: PlayedTurn[] = [];
  try {
    await playTurns(house, staff, script, number, turns);
  } catch (error) {
    process.stderr.write(
      `${script.id} turn ${turns.length + 1}: ${error instanceof Error ? error.message : 'failed'}\n`,
    );
  }
  return { id: script.id, turns };
}

async function playTurns(house: House, staff: Staff, script: Script, number: string, turns: PlayedTurn[]) {
  const { db } = house.deps.inbox.desk;
  const visitor: Visitor & { threadId?: string } =
    script.channel === 'web' ? await openChat(house.url) : openPhone(house.url, number);
  let phoneId: string | null = null;
  let last: ConversationRow | null = null;
  for (const turn of script.turns) {
    const before = { received: (await visitor.received()).length, seq: last?.lastSeq ?? 0, id: last?.id };
    if (turn.user !== undefined) await visitor.write(turn.user);
    if (turn.event !== undefined && last) await happen(staff, turn.event, last);
    if (visitor.threadId === undefined) phoneId ??= await newestPhone(house);
    last = await rested(house, visitor.threadId ? { threadId: visitor.threadId } : { phoneId: phoneId ?? '' });
    const seen = await observe(db, last, before.id === last.id ? before.seq : 0);
    const replies = (await visitor.received()).slice(before.received);
    turns.push(await turnOf(staff, seen, replies));
  }
  if (last) await staff.end(last);
}

async function happen(staff: Staff, event: NonNullable<Script['turns'][number]['event']>, row: ConversationRow) {
  if (event === 'human_takes_over') return staff.takeOver(row);
  if (event === 'human_hands_back') return staff.handBack(row);
  return staff.send(row);
}

/** Scripts are played one at a time: the newest conversation is the one this phone has just opened. */
async function newestPhone(house: House): Promise<string | null> {
  const { db } = house.deps.inbox.desk;
  const [row] = await db.select().from(conversation).orderBy(desc(conversation.createdAt)).limit(1);
  return row?.phoneId ?? null;
}

async function rested(house: House, where: { threadId: string } | { phoneId: string }): Promise<ConversationRow> {
  const { db } = house.deps.inbox.desk;
  const end = performance.now() + REST_WITHIN_MS;
  for (;;) {
    const row = await newestOf(db, where);
    if (row && (await isAtRest(db, row.id))) return (await newestOf(db, where)) ?? row;
    if (performance.now() > end) throw new Error(`a turn did not end within ${REST_WITHIN_MS} ms`);
    await sleep(10);
  }
}

async function turnOf(staff: Staff, { row, handovers, said, optedOut }: Seen, replies: string[]): Promise<PlayedTurn> {
  const state: DialogueState = row.state;
  const district = state.outside ? 'outside' : row.district;
  const handedOver = handovers > 0 || row.owner === 'waiting' || row.owner === 'worker';
  return {
    replies,
    risk: row.risk,
    case: handedOver ? { risk: row.risk, district, summary: await staff.summary(row) } : null,
    caseCount: Math.max(handovers, handedOver ? 1 : 0),
    district: district === 'staden' ? null : district,
    topics: [...new Set(said.flatMap((m) => m.meta.topics ?? []))],
    offeredHuman: said.some(isOffer),
    optedOut,
  };
}

/** A button for a person, the line of a hand-over, or one of the approved texts that tell of it. */
const isOffer = ({ meta, answers }: Seen['said'][number]): boolean =>
  meta.choices?.some((c) => c.id === 'choice_human') === true ||
  meta.owner === 'waiting' ||
  answers?.some((a) => /^words:(?:offer_human|handoff_|waiting_|danger:)/.test(a.id)) === true;
