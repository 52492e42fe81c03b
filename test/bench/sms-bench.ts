import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startPeer } from './peers/start-peer.ts';
import type { Check, Report } from './report.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { freePort, startService } from './service/start-service.ts';
import { type AtRate, type Post, sendAtRate } from './sms/at-rate.ts';
import { openVendorWindows, signed, type TakenText } from './sms/vendor-windows.ts';
import { spreadOf } from './statistics.ts';
import { whileOpen } from './while-open.ts';

const [TEXTS_PER_SECOND, SECONDS] = [100, 60];
/** Sent before, and not counted. */
const WARM_UP = 10 * TEXTS_PER_SECOND;
const TEXTS = WARM_UP + TEXTS_PER_SECOND * SECONDS;
/** What the vendor permits: fewer than are due, so that the sender is always behind. */
const PERMITTED = 4;
const NUMBERS = 99;
const AUTH_TOKEN = 'bench';
/** After so many texts each says yes to being written to openly: they have been asked by then. */
const YES = 30;
const DRAIN_WITHIN_MS = 300_000;

/** SPEED §7 goal 10: texts acknowledged under load beside a route that does nothing, and a sender that uses what it is permitted. */
export async function smsBench(database: BenchDatabase, _rounds: number, say: (line: string) => void): Promise<Report> {
  const before = load();
  const { bare, floor, ours, taken, tooMany } = await run(database, say);
  const [first, last] = [taken[0]?.atMs ?? 0, taken.at(-1)?.atMs ?? 0];
  const share = (taken.length - 1) / (((last - first) / 1_000) * PERMITTED);
  return {
    name: `sms: ${TEXTS_PER_SECOND} texts a second for ${SECONDS} s from ${NUMBERS} numbers`,
    figures: [
      { what: 'bare Hono route: half within', unit: 'ms', ...spreadOf([bare.p50Ms]) },
      { what: '  99 % within', unit: 'ms', ...spreadOf([bare.p99Ms]) },
      { what: 'bare Hono route that commits the form as one row: half within', unit: 'ms', ...spreadOf([floor.p50Ms]) },
      { what: '  99 % within', unit: 'ms', ...spreadOf([floor.p99Ms]) },
      { what: 'ours, committed: half within', unit: 'ms', ...spreadOf([ours.p50Ms]) },
      { what: '  99 % within', unit: 'ms', ...spreadOf([ours.p99Ms]) },
      { what: 'answers handed to the vendor', unit: 'texts', ...spreadOf([taken.length]) },
      { what: 'answers turned away as too many (429)', unit: 'texts', ...spreadOf([tooMany]) },
    ],
    goals: [
      { what: 'acknowledged, 99 %: ours ÷ bare Hono', atMost: 3, ...spreadOf([ours.p99Ms / bare.p99Ms]) },
      { what: 'sender: used ÷ permitted', atLeast: 0.95, ...spreadOf([share]) },
    ],
    checks: [
      { what: 'texts that were not acknowledged', passed: ours.refused === 0, found: `${ours.refused}` },
      { what: 'answers turned away as too many', passed: tooMany === 0, found: `${tooMany}` },
      ...(await audit(database, taken)),
    ],
    notes: [
      `ours is POST /sms/twilio: signature, masking, triage, encryption, one durable transaction (fsync) and the turn it is owed, in one process together with the bot's turns, ${PERMITTED} outgoing texts a second and their reports. The bare route reads the form and answers 204; the one that commits inserts it as it came, and nothing that loses no text can be quicker than that.`,
      `the load opens up to 128 kept connections and sends at its times whether the ones before are answered or not, the first ${WARM_UP / TEXTS_PER_SECOND} s of each uncounted; it runs in one process with the vendor, on any processor.`,
      `load average of the machine, its ${os.availableParallelism()} processors shared with whatever else ran: ${before} before, ${load()} after.`,
      `the vendor turns away more than ${PERMITTED} texts within any sliding second. The share is taken from the first text to the last.`,
    ],
  };
}

const load = () => os.loadavg()[0]?.toFixed(1) ?? '';

function run(database: BenchDatabase, say: (line: string) => void) {
  return whileOpen(async (open) => {
    const vendor = await open(openVendorWindows(PERMITTED, AUTH_TOKEN));
    const peer = await open(startPeer('bare-hono'));
    say('sms: the bare route');
    const bare = await sendAtRate(textsTo(`http://127.0.0.1:${peer.port}`), TEXTS_PER_SECOND, WARM_UP);
    const inserting = await open(startPeer('bare-insert', JSON.stringify(database.options)));
    say('sms: the bare route that commits');
    const floor = await sendAtRate(textsTo(`http://127.0.0.1:${inserting.port}`), TEXTS_PER_SECOND, WARM_UP);
    const settings = {
      SMS_PROVIDER: 'twilio',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_FROM: '+46701740699',
      TWILIO_API_URL: vendor.url,
      UTVAG_SMS_PER_SECOND: `${PERMITTED}`,
      UTVAG_BURST_WAIT_MS: '2500',
    };
    const service = await open(startService(database.dataDir, await freePort(), settings));
    say('sms: ours');
    const ours: AtRate = await sendAtRate(textsTo(service.url), TEXTS_PER_SECOND, WARM_UP);
    say('sms: the backlog');
    const drained = await drain(database);
    if (!drained) say('sms: the backlog is not drained');
    const { taken, tooMany } = vendor;
    return { bare, floor, ours, taken: [...taken], tooMany };
  });
}

/** Calm questions, all different, and one yes, from numbers of the fictional series that write when they like: the same in every run. */
function textsTo(base: string): Post[] {
  const written = new Map<number, number>();
  let chance = 1;
  return Array.from({ length: TEXTS }, (_, n) => {
    // Lehmer's generator: a number that texts in step with the others would have all turns due at once.
    chance = (chance * 48_271) % 2_147_483_647;
    const who = chance % NUMBERS;
    const before = written.get(who) ?? 0;
    written.set(who, before + 1);
    const fields = {
      MessageSid: `SM${String(n).padStart(32, '0')}`,
      From: `+467017406${String(who).padStart(2, '0')}`,
      To: '+46701740699',
      Body: before === YES ? 'Ja' : `Hur hittar jag ett sommarjobb, fråga ${n}?`,
    };
    const url = `${base}/sms/twilio`;
    return { url, ...signed(url, fields, AUTH_TOKEN) };
  });
}

const Owed = z.object({ turns: z.number(), texts: z.number() });

async function drain({ sql }: BenchDatabase): Promise<boolean> {
  for (const until = Date.now() + DRAIN_WITHIN_MS; Date.now() < until; await sleep(500)) {
    const [row] = await sql`select
      (select count(*)::int from conversation where turn_due_at is not null) turns,
      (select count(*)::int from delivery where status in ('queued', 'sending', 'sent')) texts`;
    const { turns, texts } = Owed.parse(row);
    if (turns + texts === 0) return true;
  }
  return false;
}

const Facts = z.object({ stored: z.number(), unheard: z.number(), due: z.number(), undelivered: z.number() });

async function audit({ sql }: BenchDatabase, taken: readonly TakenText[]): Promise<Check[]> {
  const [row] = await sql`select
    (select count(distinct external_id)::int from message where author = 'visitor' and channel = 'sms') stored,
    (select count(*)::int from message where author = 'visitor' and handled_at is null) unheard,
    (select count(*)::int from delivery) due,
    (select count(*)::int from delivery where status <> 'delivered') undelivered`;
  const { stored, unheard, due, undelivered } = Facts.parse(row);
  const order = await sql<{ id: string }[]>`select d.id from delivery d join conversation c on c.id = d.conversation_id
    order by c.thread_id, c.episode, d.seq`;
  const place = new Map(order.map(({ id }, at) => [id, at]));
  const last = new Map<string, number>();
  let overtaken = 0;
  for (const { reference, to } of taken) {
    const at = place.get(reference) ?? -1;
    if (at < (last.get(to) ?? -1)) overtaken += 1;
    last.set(to, at);
  }
  const sent = TEXTS;
  const twice = taken.length - new Set(taken.map(({ reference }) => reference)).size;
  const lost = sent - stored;
  return [
    { what: 'acknowledged texts lost', passed: lost === 0, found: `${lost} of ${sent}` },
    { what: 'texts without an answer after the backlog', passed: unheard === 0, found: `${unheard}` },
    { what: 'answers not delivered', passed: undelivered === 0, found: `${undelivered} of ${due}` },
    { what: 'answers sent twice', passed: twice === 0, found: `${twice}` },
    { what: 'answers that overtook another to the same number', passed: overtaken === 0, found: `${overtaken}` },
  ];
}
