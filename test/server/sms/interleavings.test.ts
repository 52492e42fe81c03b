import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phone } from '../../../db/schema/conversation.ts';
import { delivery } from '../../../db/schema/work.ts';
import { SmsError, type SmsVendor } from '../../../src/server/channels/sms/vendor/provider.ts';
import { openSmsHouse, RELATIVE, type SmsHouse } from './sms-house.ts';

/**
 * What may happen to one number, in any order: the person writes, stops and starts; we answer; a job runs, and its vendor takes the
 * text, refuses it for a while, or takes it and dies before it answers; the process crashes while it sends; reports come, late,
 * twice and out of order; some texts are held for the morning; an hour passes.
 */
/** `dies`: the process is gone before the vendor has the text; `dies-after`: after. */
type Vendor = 'takes' | 'busy' | 'silent' | 'dies' | 'dies-after';
type Act =
  | { do: 'write' | 'repeat' | 'stop' | 'start' | 'answer' | 'hold' | 'morning' }
  | { do: 'run'; pick: number; vendor: Vendor }
  | { do: 'report'; pick: number; status: 'sent' | 'delivered' | 'failed'; error: string | null };

const answers: fc.Arbitrary<Act> = fc.record({ do: fc.constant('answer') });
const plain: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('write', 'repeat', 'hold', 'morning', 'stop', 'start', 'start'),
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
const acts = fc.array(fc.oneof(plain, answers, runs, reports), { minLength: 10, maxLength: 50 });

/** A text as the vendor took it. `stopped`: the person had said STOP before it was handed over. */
interface Taken {
  id: string;
  reference: string;
  text: string;
  stopped: boolean;
  /** The vendor has said that it did not arrive: it may be handed over again. */
  bounced: boolean;
}

let house: SmsHouse;
interface World {
  taken: Taken[];
  stopped: boolean;
  vendor: Vendor;
  now: Date;
  /** Called when the process dies. */
  dead(): void;
}
const world: World = { taken: [], stopped: false, vendor: 'takes', now: new Date(0), dead: () => {} };
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
    world.taken.push({ id, reference, text, stopped: world.stopped, bounced: false });
    if (how === 'silent') throw new SmsError('unknown', 'timeout');
    if (how === 'dies-after') {
      dead();
      return never();
    }
    return { providerId: id };
  },
};
beforeAll(async () => {
  house = await openSmsHouse({ provider: vendor }, 'embedded', 3_600_000, () => world.now);
});
afterAll(() => house.close());

test('nothing after STOP, nothing twice, nothing out of order, nothing lost', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const said = await play(list);
      const facts = await settle(said);
      expect(facts).toEqual({ afterStop: [], twice: [], outOfOrder: [], lost: [], unheard: [] });
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
  Object.assign(world, { taken: [], stopped: false, vendor: 'takes', now: new Date('2026-11-24T10:00:00Z') });
  const said: Said = { texts: [], heard: [] };
  let external = 0;
  let lastId = '';
  const write = (text: string, id = `in-${external++}`) => {
    if (!/^[A-Z]+$/.test(text)) lastId = id;
    return house.receive({
      sender: { channel: 'sms', number: RELATIVE },
      externalId: id,
      text,
      ...(text === 'STOPP' ? { keyword: 'stop' as const } : text === 'START' ? { keyword: 'start' as const } : {}),
    });
  };
  await write('hej');
  said.heard.push('hej');
  for (const act of list) {
    world.now = new Date(world.now.getTime() + 1_000);
    if (act.do === 'write') {
      const text = `ord ${external}`;
      await write(text);
      said.heard.push(text);
    } else if (act.do === 'repeat') await write(said.heard.at(-1) ?? '', lastId);
    else if (act.do === 'stop' || act.do === 'start') {
      await write(act.do === 'stop' ? 'STOPP' : 'START', `word-${external++}`);
      world.stopped = act.do === 'stop';
    } else if (act.do === 'answer' || act.do === 'hold') {
      const id = await house.say(`svar ${String(said.texts.length).padStart(3, '0')}`);
      if (act.do === 'hold') await house.holdUntil(id, new Date('2026-11-25T08:00:00Z'));
      said.texts.push(id);
    } else if (act.do === 'morning')
      world.now = new Date(Math.max(world.now.getTime(), Date.parse('2026-11-25T08:00:01Z')));
    else if (act.do === 'run') await run(act.pick, act.vendor);
    else if (act.do === 'report') await report(act.pick, act.status, act.error);
  }
  return said;
}

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
  world.now = new Date('2026-11-25T12:00:00Z');
  for (let round = 0; round < 60; round += 1) {
    const due = await house.due(world.now, true);
    if (due.length === 0) break;
    for (const id of due) await house.deliver(id, false).catch(() => {});
    world.now = new Date(world.now.getTime() + 3_600_001);
  }
  const rows = await house.db.select().from(delivery);
  const [number] = await house.db.select().from(phone);
  const stillStopped = number?.optedOutAt != null;
  const answers = world.taken.filter(({ text }) => text.startsWith('svar'));
  const firsts = answers.filter(({ reference }, i) => answers.findIndex((a) => a.reference === reference) === i);
  const held = new Set(rows.filter((row) => row.notBefore !== null).map((row) => row.id));
  const inOrder = firsts.filter(({ reference }) => !held.has(reference)).map(({ text }) => text);
  const now = await house.visitorTexts();
  return {
    afterStop: answers.filter(({ stopped }) => stopped).map(({ text }) => text),
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
