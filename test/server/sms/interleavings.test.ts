import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phone } from '../../../db/schema/conversation.ts';
import { delivery } from '../../../db/schema/work.ts';
import { SmsError, type SmsVendor } from '../../../src/server/channels/sms/vendor/provider.ts';
import type { Inbound } from '../../../src/server/turn/receive.ts';
import { openSmsHouse, RELATIVE, type SmsHouse } from './sms-house.ts';

/**
 * What may happen to one number, in any order: the person writes, stops, starts, says yes, asks for the private link, chooses the
 * night; we ask and answer; a job runs, and its vendor takes the text, refuses it for a while, or takes it and dies before it
 * answers; the process crashes while it sends; reports come, late, twice and out of order; evening and morning come.
 */
/** `dies`: the process is gone before the vendor has the text; `dies-after`: after. */
type Vendor = 'takes' | 'busy' | 'silent' | 'dies' | 'dies-after';
type Word = 'STOPP' | 'START' | 'NATT' | 'DAG' | 'JA' | 'LÄNK';
type Act =
  | { do: 'write' | 'repeat' | 'ask' | 'answer' | 'evening' | 'morning' | 'minutes' }
  | { do: 'word'; word: Word }
  | { do: 'run'; pick: number; vendor: Vendor }
  | { do: 'report'; pick: number; status: 'sent' | 'delivered' | 'failed'; error: string | null };

const answers: fc.Arbitrary<Act> = fc.record({ do: fc.constant('answer') });
const plain: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('write', 'repeat', 'ask', 'evening', 'morning', 'minutes'),
});
const words: fc.Arbitrary<Act> = fc.record({
  do: fc.constant('word'),
  word: fc.constantFrom('STOPP', 'START', 'START', 'NATT', 'DAG', 'JA', 'JA', 'LÄNK', 'LÄNK'),
});
const runs: fc.Arbitrary<Act> = fc.record({
  do: fc.constant('run'),
  pick: fc.nat(9),
  vendor: fc.constantFrom('takes', 'takes', 'takes', 'busy', 'silent', 'dies', 'dies-after'),
});
const reports: fc.Arbitrary<Act> = fc.record({
  do: fc.constant('report'),
  pick: fc.nat(9),
  status: fc.constantFrom('sent', 'delivered', 'delivered', 'failed'),
  error: fc.constantFrom('30003', '30005'),
});
const acts = fc.array(fc.oneof(plain, words, answers, runs, reports), { minLength: 10, maxLength: 50 });

/** A text as the vendor took it, and why it should not have been. */
interface Taken {
  id: string;
  reference: string;
  text: string;
  wrong: ('after-stop' | 'at-night' | 'before-yes')[];
  /** The vendor has said that it did not arrive: it may be handed over again. */
  bounced: boolean;
}

let house: SmsHouse;
interface World {
  taken: Taken[];
  stopped: boolean;
  asked: boolean;
  open: boolean;
  anyHour: boolean;
  /** When the person last wrote. */
  wroteAt: Date;
  vendor: Vendor;
  now: Date;
  /** Called when the process dies. */
  dead(): void;
}
const fresh = (): World => ({
  taken: [],
  stopped: false,
  asked: false,
  open: false,
  anyHour: false,
  wroteAt: new Date(0),
  vendor: 'takes',
  now: at('2026-11-24', 10),
  dead: () => {},
});
/** Stockholm's winter clock. */
const at = (date: string, hour: number) => new Date(Date.parse(`${date}T00:00:00+01:00`) + hour * HOUR_MS);
const HOUR_MS = 3_600_000;
const hourOf = (now: Date) => (now.getUTCHours() + 1) % 24;
const isNight = (now: Date) => hourOf(now) >= 21 || hourOf(now) < 8;
const nextHour = (now: Date, hour: number) => {
  const today = new Date(now.getTime() + HOUR_MS).toISOString().slice(0, 10);
  return at(today, at(today, hour) > now ? hour : hour + 24);
};
const world: World = fresh();
const never = () => new Promise<never>(() => {});
const vendor: SmsVendor = {
  name: 'fake',
  from: '+46701740699',
  inbound: () => ({ id: '', from: '', text: '' }),
  status: () => null,
  async send({ text, reference }) {
    const { vendor: how, dead } = world;
    if (how === 'dies') {
      dead();
      return never();
    }
    if (how === 'busy') throw new SmsError('temporary', 'http-503');
    const id = `v${world.taken.length}-${reference.slice(-8)}`;
    world.taken.push({ id, reference, text, wrong: wrongWith(text), bounced: false });
    if (how === 'silent') throw new SmsError('unknown', 'timeout');
    if (how === 'dies-after') {
      dead();
      return never();
    }
    return { providerId: id };
  },
};
/** By what the person has said so far, and by nothing of the service's. */
function wrongWith(text: string): Taken['wrong'] {
  const asleep = isNight(world.now) && !world.anyHour && world.now.getTime() - world.wroteAt.getTime() > HOUR_MS / 2;
  const confirms = text.startsWith('Inga fler') || text.startsWith('Du får sms');
  return [
    ...(world.stopped && !confirms ? ['after-stop' as const] : []),
    ...(asleep ? ['at-night' as const] : []),
    ...(text.includes('https:') && !world.open ? ['before-yes' as const] : []),
  ];
}
beforeAll(async () => {
  house = await openSmsHouse({ provider: vendor }, 'embedded', HOUR_MS, () => world.now);
});
afterAll(() => house.close());

test('nothing after STOP, nothing at night unasked, no link before the yes, nothing twice, out of order or lost', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const said = await play(list);
      const facts = await settle(said);
      expect(facts).toEqual({ wrong: [], twice: [], outOfOrder: [], lost: [], unheard: [] });
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

interface Said {
  texts: string[];
  heard: string[];
}

async function play(list: Act[]): Promise<Said> {
  await house.empty();
  Object.assign(world, fresh());
  const said: Said = { texts: [], heard: [] };
  let external = 0;
  let lastId = '';
  const write = async (text: string, id = `in-${external++}`, extra: Partial<Inbound> = {}) => {
    world.wroteAt = world.now;
    await house.receive({ sender: { channel: 'sms', number: RELATIVE }, externalId: id, text, ...extra });
    return id;
  };
  lastId = await write('hej');
  said.heard.push('hej');
  for (const act of list) {
    world.now = new Date(world.now.getTime() + 1_000);
    if (act.do === 'write') {
      const text = `ord ${external}`;
      lastId = await write(text);
      said.heard.push(text);
    } else if (act.do === 'repeat') {
      const before = world.wroteAt;
      await write(said.heard.at(-1) ?? '', lastId);
      world.wroteAt = before;
    } else if (act.do === 'word') {
      await write(act.word, undefined, EXTRA[act.word]);
      hear(act.word);
    } else if (act.do === 'answer' || act.do === 'ask') {
      said.texts.push(await house.say(`svar ${String(said.texts.length).padStart(3, '0')}`));
      if (act.do === 'ask') await house.choose({ gateAskedAt: world.now });
      world.asked ||= act.do === 'ask';
    } else if (act.do === 'run') await run(act.pick, act.vendor);
    else if (act.do === 'report') await report(act.pick, act.status, act.error);
    else world.now = later(act.do);
  }
  return said;
}

const EXTRA: Record<Word, Partial<Inbound>> = {
  STOPP: { keyword: 'stop' },
  START: { keyword: 'start' },
  NATT: { keyword: 'night' },
  DAG: { keyword: 'day' },
  JA: {},
  LÄNK: { wantsLink: true },
};

/** What the word means to the person. */
function hear(word: Word): void {
  if (word === 'STOPP' || word === 'START') world.stopped = word === 'STOPP';
  if (word === 'NATT' || word === 'DAG') world.anyHour = word === 'NATT';
  if (word === 'JA') world.open ||= world.asked;
}

const later = (what: 'evening' | 'morning' | 'minutes'): Date =>
  what === 'minutes' ? new Date(world.now.getTime() + 20 * 60_000) : nextHour(world.now, what === 'evening' ? 20.9 : 8);

/** A job of some text runs, and perhaps its process dies in the middle. */
async function run(pick: number, how: Vendor): Promise<void> {
  const due = await house.due(world.now);
  const id = due[pick % Math.max(1, due.length)];
  if (!id) return;
  world.vendor = how;
  const death = new Promise<void>((resolve) => {
    world.dead = resolve;
  });
  await Promise.race([house.deliver(id, false).catch(() => {}), death]);
  world.vendor = 'takes';
}

async function report(pick: number, status: 'sent' | 'delivered' | 'failed', error: string | null): Promise<void> {
  const about = world.taken[pick % Math.max(1, world.taken.length)];
  if (!about) return;
  const update = {
    providerId: about.id,
    reference: about.reference,
    status,
    error: status === 'failed' ? error : null,
  };
  if (status === 'failed' && error === '30003') about.bounced = true;
  await house.applyStatus(update);
}

/** The bad time is over: every job runs until nothing is due, every text that left is reported. Then the facts. */
async function settle({ texts, heard }: Said) {
  for (let round = 0; round < 80; round += 1) {
    world.now = isNight(world.now) ? nextHour(world.now, 8) : new Date(world.now.getTime() + HOUR_MS + 1);
    for (const id of await house.due(world.now, true)) await house.deliver(id, false).catch(() => {});
  }
  const rows = await house.db.select().from(delivery);
  const [number] = await house.db.select().from(phone);
  const stillStopped = number?.optedOutAt != null;
  const answers = world.taken.filter(({ text }) => text.startsWith('svar'));
  const firsts = answers.filter(({ reference }, i) => answers.findIndex((a) => a.reference === reference) === i);
  const inOrder = firsts.map(({ text }) => text);
  const now = await house.visitorTexts();
  return {
    wrong: world.taken.filter(({ wrong }) => wrong.length > 0).map(({ text, wrong }) => ({ text, wrong })),
    twice: world.taken
      .filter((one, i) => world.taken.slice(0, i).findLast((a) => a.reference === one.reference)?.bounced === false)
      .map(({ text }) => text),
    outOfOrder: inOrder.filter((text, i) => i > 0 && text < (inOrder[i - 1] ?? '')),
    lost: texts.filter((id) => {
      const row = rows.find((r) => r.id === id);
      if (!row || row.status === 'queued' || row.status === 'sending') return true;
      const left = world.taken.some(({ reference }) => reference === id);
      return !left && !['refused', 'failed', 'unknown'].includes(row.status) && !stillStopped;
    }),
    unheard: heard.filter((text) => now.filter((t) => t === text).length !== 1),
  };
}
