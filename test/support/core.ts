import { randomBytes } from 'node:crypto';
import { and, eq, ne } from 'drizzle-orm';
import { append } from '../../db/append.ts';
import { openDatabase } from '../../db/client.ts';
import { destroyNumbers } from '../../db/destroy-numbers.ts';
import { createPhones } from '../../db/phones.ts';
import { newId } from '../../db/schema/columns.ts';
import { conversation, message } from '../../db/schema/conversation.ts';
import { delivery } from '../../db/schema/work.ts';
import { seedDevWorkers, seedPlaces } from '../../db/seed.ts';
import { createVault } from '../../db/vault.ts';
import type { Outcome, TurnInput } from '../../src/bot/outcome.ts';
import { createPhrases } from '../../src/bot/words/phrases.ts';
import { readSchedule } from '../../src/bot/words/schedule.ts';
import type { Actor, Desk, HandingLine } from '../../src/inbox/queue/desk.ts';
import { momentOf } from '../../src/server/hours/route.ts';
import type { Timetable } from '../../src/server/hours/timetable.ts';
import type { Jobs } from '../../src/server/jobs/jobs.ts';
import { createLog } from '../../src/server/log.ts';
import { createLocalHub } from '../../src/server/realtime/hub.ts';
import type { Ears } from '../../src/server/turn/receive.ts';
import { createReceive } from '../../src/server/turn/receive.ts';
import { createRunTurn } from '../../src/server/turn/run-turn.ts';
import { createTurnRunner } from '../../src/server/turn/runner.ts';
import { createSaveTurn } from '../../src/server/turn/save-turn.ts';
import { createDatabase, type DatabaseKind } from './postgres.ts';

/** The heart of the house on a database of its own: real storage, turns and queue; the bot is the test's. */
export async function startCore(
  kind: DatabaseKind,
  ask: (input: TurnInput) => Promise<Outcome>,
  options: CoreOptions = {},
) {
  const database = openDatabase(await createDatabase(kind), { poolSize: 16 });
  const { db } = database;
  await seedPlaces(db, PLACES);
  await seedDevWorkers(db);
  const vault = createVault([{ id: 'test', key: randomBytes(32) }]);
  const phones = createPhones(vault, randomBytes(32));
  const log = createLog('silent');
  const local = createLocalHub();
  const hub = { publish: local.dispatch };
  const sent: string[] = [];
  const jobs: Jobs & { wake(): void } = {
    sms: async (_tx, deliveryId) => void sent.push(deliveryId),
    card: async () => {},
    alert: async () => {},
    wake: () => {},
  };
  const clock = options.clock ?? (() => new Date());
  const timetable = options.timetable ?? { at: (now: Date) => momentOf(now, ALWAYS) };
  const burst = options.burst ?? { waitMs: 0, capMs: 0 };
  /** The part of a process that runs turns; a test may start a second one on the same database. */
  const process = (ask: (input: TurnInput) => Promise<Outcome>) => {
    const runner = createTurnRunner({
      db,
      log,
      clock,
      runTurn: (id) => runTurn(id),
      pollMs: options.pollMs ?? 50,
      limitMs: 20_000,
    });
    const save = createSaveTurn({
      db,
      vault,
      jobs,
      hub,
      clock,
      wake: runner.wake,
      fallback: () => replyOf('fallback'),
    });
    const leaseMs = options.leaseMs ?? 5_000;
    const runTurn = createRunTurn({ db, vault, log, clock, ask, save, timetable, wake: runner.wake, leaseMs });
    runner.start();
    return runner;
  };
  const runner = process(ask);
  const receive = createReceive({
    log,
    db,
    vault,
    phones,
    hub,
    jobs,
    ears: options.ears ?? EARS,
    wake: runner.wake,
    clock,
    burst,
  });
  const phrases = createPhrases();
  const line: HandingLine = (handing, { language, channel, name }) =>
    phrases.say(`handing_${handing}`, language, channel, { name });
  const aids = { approved: async () => [], translator: null };
  const desk: Desk = { db, vault, clock, jobs, line, ...aids, announce: () => {} };
  const actor = (n: 1 | 2 | 'farsta' | 'coordinator'): Actor => {
    if (n === 'farsta') return { id: 'farsta-1', name: 'Farsta 1', role: 'worker', districts: ['farsta'] };
    if (n === 'coordinator')
      return { id: 'coordinator-1', name: 'Samordnare 1', role: 'coordinator', districts: ['farsta', 'staden'] };
    return { id: `jarva-${n}`, name: `Järva ${n}`, role: 'worker', districts: ['jarva', 'staden'] };
  };
  return {
    db,
    vault,
    phones,
    desk,
    actor,
    receive,
    runner,
    second: process,
    sent,
    write: (threadId: string, text: string, externalId: string | null = newId('tst')) =>
      receive({ sender: { channel: 'web', threadId }, externalId, text }),
    /** The bot says something to whoever texts from that number. */
    async sayTo(number: string, text: string) {
      const known = await phones.find(db, number);
      await db.transaction(async (tx) => {
        const mine = and(eq(conversation.phoneId, known?.id ?? ''), ne(conversation.owner, 'closed'));
        const [row] = await tx.select().from(conversation).where(mine).for('update');
        if (row) await append(tx, vault, row, { author: 'bot', text, language: 'sv' }, clock());
      });
    },
    /** Every conversation ends and everything that was due has left. */
    async closeAll() {
      const closedAt = clock();
      await db.update(delivery).set({ status: 'delivered' });
      await db
        .update(conversation)
        .set({ owner: 'closed', workerId: null, claimToken: null, closedAt, turnDueAt: null });
    },
    sweepNumbers: () => db.transaction((tx) => destroyNumbers(tx)),
    /** Whether a turn is owed for that message. */
    async isDue(conversationId: string, seq: number) {
      const one = and(eq(message.conversationId, conversationId), eq(message.seq, seq));
      const [row] = await db.select({ handledAt: message.handledAt }).from(message).where(one);
      return row?.handledAt === null;
    },
    async stop() {
      await runner.stop(2_000);
      await database.close();
    },
  };
}

export interface CoreOptions {
  burst?: { waitMs: number; capMs: number };
  leaseMs?: number;
  pollMs?: number;
  clock?: () => Date;
  ears?: Ears;
  /** Without one people answer at any hour. */
  timetable?: Pick<Timetable, 'at'>;
}

export const EARS: Ears = {
  mask: (text) => ({ text, found: [], first: {} }),
  triage: (text, { risk }) => ({
    risk: text.includes('FARA') ? 'emergency' : risk,
    kinds: [],
    reasons: text.includes('FARA') ? [{ kind: 'threatened', level: 'emergency', rule: 'test' }] : [],
    wantsHuman: false,
  }),
  telling: () => [],
  language: (_text, previous) => previous,
  consent: () => null,
  ownWords: () => null,
  keywordReply: (keyword) => ({ text: `keyword ${keyword}`, id: 'sms-stop' }),
};

export const replyOf = (text: string) => ({ text, answers: [{ id: 'test', version: 1 }], choices: [] });

/** A bot's outcome with one reply and nothing else. */
export const say = (input: TurnInput, text: string, more: Partial<Outcome> = {}): Outcome => ({
  reply: replyOf(text),
  state: input.state,
  language: input.language,
  district: null,
  triage: { risk: input.risk, kinds: [], reasons: [], wantsHuman: false },
  handoff: null,
  topics: [],
  ...more,
});

const DAY: [string, string][] = [['00:00', '24:00']];
const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const OPEN = readSchedule({ week: Object.fromEntries(WEEK.map((day) => [day, DAY])), holidays: DAY });
/** Everybody is always there. */
export const ALWAYS = new Map(['staden', 'jarva', 'farsta'].map((slug) => [slug, OPEN]));

const PLACES = {
  districts: [
    { slug: 'staden', name: 'Staden', aliases: [] },
    { slug: 'jarva', name: 'Järva', aliases: [] },
    { slug: 'farsta', name: 'Farsta', aliases: [] },
  ],
  neighbourhoods: [{ name: 'Rinkeby', district: 'jarva', informal: false }],
  postcodePrefixes: [{ prefix: '163', district: 'jarva' }],
};
