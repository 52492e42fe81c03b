import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { heldUntil } from '../../../src/server/channels/sms/safe-hours.ts';
import { createSweep } from '../../../src/server/jobs/sweep.ts';
import { createLog } from '../../../src/server/log.ts';
import { openFakeVendor, twilioCreated } from './fake-vendor.ts';
import { openSmsHouse, RELATIVE, type SmsHouse, twilioSettings } from './sms-house.ts';

const at = (iso: string) => new Date(iso);
const asleep = { anyHour: false, lastVisitorAt: null };

describe('texts at night (DOMAIN 5.6)', () => {
  test.each([
    ['2026-11-24T20:59:59+01:00', null],
    ['2026-11-24T21:00:00+01:00', '2026-11-25T07:00:00.000Z'],
    ['2026-11-25T00:30:00+01:00', '2026-11-25T07:00:00.000Z'],
    ['2026-11-25T07:59:59+01:00', '2026-11-25T07:00:00.000Z'],
    ['2026-11-25T08:00:00+01:00', null],
    // The night summer time ends, and the one it begins: 08:00 by the clock on the wall (F52).
    ['2026-10-24T23:00:00+02:00', '2026-10-25T07:00:00.000Z'],
    ['2026-10-25T02:30:00+02:00', '2026-10-25T07:00:00.000Z'],
    ['2026-10-25T02:30:00+01:00', '2026-10-25T07:00:00.000Z'],
    ['2027-03-27T22:00:00+01:00', '2027-03-28T06:00:00.000Z'],
    ['2027-03-28T03:30:00+02:00', '2027-03-28T06:00:00.000Z'],
    ['2027-03-28T08:00:00+02:00', null],
  ])('due %s they wait until %s', (due, until) => {
    expect(heldUntil(at(due), asleep)?.toISOString() ?? null).toBe(until);
  });

  test('leave at once within half an hour of a text of theirs, and when they chose any hour', () => {
    const night = at('2026-11-25T02:30:00+01:00');
    expect(heldUntil(night, { ...asleep, lastVisitorAt: at('2026-11-25T02:00:00+01:00') })).toBeNull();
    expect(heldUntil(night, { ...asleep, lastVisitorAt: at('2026-11-25T01:59:59+01:00') })).not.toBeNull();
    expect(heldUntil(night, { ...asleep, anyHour: true })).toBeNull();
  });
});

describe('what is held back', () => {
  let vendor: Awaited<ReturnType<typeof openFakeVendor>>;
  let house: SmsHouse;
  let morning: () => Promise<void>;
  beforeEach(async () => {
    vendor = await openFakeVendor(twilioCreated);
    house = await openSmsHouse(twilioSettings(vendor.url));
    house.time.at = at('2026-11-24T20:00:00+01:00');
    const enqueue = async (_: unknown, deliveryId: string, conversationId: string) =>
      void house.queued.push({ deliveryId, conversationId });
    morning = createSweep({
      db: house.db,
      vault: house.vault,
      jobs: { sms: enqueue, card: async () => {}, alert: async () => {}, wake: () => {} },
      hub: { publish: () => {} },
      log: createLog('silent'),
      clock: () => house.time.at ?? new Date(),
      line: () => ({ text: '', ref: { id: '', version: 1 } }),
      cardsOwed: async () => [],
    });
  });
  afterEach(async () => {
    await house.close();
    await vendor.close();
  });
  const run = async () => {
    for (let job = house.queued.shift(); job; job = house.queued.shift()) await house.deliver(job.deliveryId, false);
  };
  /** What we say now, as its job is first run. */
  const say = async (text: string) => {
    const id = await house.say(text);
    await house.deliver(id, false);
    return id;
  };
  const writes = (text: string, keyword?: 'stop' | 'start' | 'night' | 'day') =>
    house.receive({
      sender: { channel: 'sms', number: RELATIVE },
      externalId: null,
      text,
      ...(keyword ? { keyword } : {}),
    });
  const sent = () => vendor.requests.map((r) => r.form['Body']);

  test('is sent in the morning, once and in order; what is said at eight does not overtake it', async () => {
    await say('kväll');
    house.time.at = at('2026-11-24T22:30:00+01:00');
    const ids = [await say('ett'), await say('två')];
    expect(await house.delivery(ids[0] ?? '')).toMatchObject({ status: 'queued', attempts: 0, parts: null });
    await morning();
    await run();
    expect(sent()).toEqual(['kväll']);
    house.time.at = at('2026-11-25T08:00:10+01:00');
    await say('tre');
    expect(sent()).toEqual(['kväll']);
    await morning();
    await morning();
    await run();
    expect(sent()).toEqual(['kväll', 'ett', 'två', 'tre']);
    expect(await house.delivery(ids[1] ?? '')).toMatchObject({ status: 'sent', notBefore: null, parts: 1 });
  });

  test('STOP in between cancels, also when START comes before the morning', async () => {
    await say('kväll');
    house.time.at = at('2026-11-24T22:30:00+01:00');
    const id = await say('hemlig');
    await writes('STOPP', 'stop');
    expect(await house.delivery(id)).toMatchObject({ status: 'refused', error: 'opted-out' });
    await writes('START', 'start');
    await run();
    house.time.at = at('2026-11-25T08:00:10+01:00');
    await morning();
    await run();
    expect(sent()).toEqual(['kväll', 'Inga fler sms.', 'Du får sms igen.']);
  });

  test('whoever has written NATT is written to at night, until DAG; each is confirmed once', async () => {
    await say('kväll');
    await writes('NATT', 'night');
    await writes('NATT', 'night');
    await run();
    expect(sent()).toEqual(['kväll', 'Också på natten.']);
    house.time.at = at('2026-11-24T23:30:00+01:00');
    await say('natt');
    await writes('DAG', 'day');
    await run();
    house.time.at = at('2026-11-25T01:30:00+01:00');
    await say('för sent');
    expect(sent()).toEqual(['kväll', 'Också på natten.', 'natt', 'Inte på natten.']);
  });

  test('a long text is kept with the parts it left in, and a number that is sealed anew has chosen nothing', async () => {
    const id = await say(`${'å'.repeat(160)}€`);
    expect(await house.delivery(id)).toMatchObject({ parts: 2 });
    await house.choose({
      gateAskedAt: new Date(),
      openSince: new Date(),
      anyHour: true,
      number: null,
      wrappedKey: null,
    });
    await writes('hej igen');
    expect(await house.chosen()).toMatchObject({ gateAskedAt: null, openSince: null, anyHour: false });
  });
});

test('parts of a burst are heard in the order they were sent, where the vendor tells it', async () => {
  const { elksRequest, elksSettings } = await import('./sms-house.ts');
  const house = await openSmsHouse(elksSettings('http://127.0.0.1:9'));
  const part = (id: string, message: string, created: string) =>
    fetch(
      `${house.origin}/sms/46elks`,
      elksRequest({ direction: 'incoming', id, from: RELATIVE, to: '+46701740699', message, created }),
    );
  await part('s2', 'två', '2026-11-24T10:00:01.500000');
  await part('s1', 'ett', '2026-11-24T10:00:01.100000');
  await part('s3', 'tre', 'inte en tid');
  const rows = await house.visitorMeta();
  await house.close();
  expect(rows).toEqual([{ sentAt: '2026-11-24T10:00:01.500Z' }, { sentAt: '2026-11-24T10:00:01.100Z' }, {}]);
});
