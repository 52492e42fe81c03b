import { afterEach, expect, test, vi } from 'vitest';
import { createJobs, type JobRunner } from '../../../src/server/jobs/jobs.ts';
import { createLog } from '../../../src/server/log.ts';
import { json, openFakeVendor, twilioCreated } from './fake-vendor.ts';
import { openSmsHouse, type SmsHouse, twilioSettings } from './sms-house.ts';

let end: () => Promise<unknown> = async () => {};
afterEach(() => end());

type Vendor = Awaited<ReturnType<typeof openFakeVendor>>;

/** The channel with real jobs; a text waits a minute for the report on the one before it unless told otherwise. */
async function open(vendor: Vendor, receiptWaitMs = 60_000): Promise<{ house: SmsHouse; jobs: JobRunner }> {
  const house = await openSmsHouse(twilioSettings(vendor.url), 'embedded', receiptWaitMs);
  const jobs = createJobs(house.connection, createLog('silent'));
  house.connectJobs(jobs);
  await jobs.start({
    sms: house.deliver,
    card: async () => null,
    alert: async () => null,
    sweep: async () => {},
    eraseOld: async () => {},
    checkHours: async () => {},
  });
  end = async () => {
    await jobs.stop();
    await house.close();
    await vendor.close();
  };
  return { house, jobs };
}

async function due(house: SmsHouse, jobs: JobRunner, ids: string[]): Promise<void> {
  for (const id of ids) {
    const { conversationId } = await house.delivery(id);
    await house.db.transaction((tx) => jobs.sms(tx, id, conversationId));
  }
  jobs.wake();
}
const bodies = (vendor: Vendor) => vendor.requests.map((r) => r.form['Body']);
const within = (timeout: number) => ({ timeout, interval: 50 });

test('the next text leaves only when the one before it has arrived, however the jobs come (F27)', async () => {
  const vendor = await openFakeVendor(twilioCreated);
  const { house, jobs } = await open(vendor);
  const [one = '', two = '', three = ''] = [await house.say('ett'), await house.say('två'), await house.say('tre')];
  await due(house, jobs, [three, two, one]);
  await vi.waitFor(async () => expect((await house.delivery(one)).status).toBe('sent'), within(10_000));
  await house.deliver(two, false);
  await house.deliver(three, false);
  expect(bodies(vendor)).toEqual(['ett']);
  await house.report(one, 'delivered');
  await vi.waitFor(async () => expect((await house.delivery(two)).status).toBe('sent'), within(10_000));
  expect(bodies(vendor)).toEqual(['ett', 'två']);
  await house.report(two, 'undelivered');
  await vi.waitFor(async () => expect((await house.delivery(three)).status).toBe('sent'), within(10_000));
  expect(bodies(vendor)).toEqual(['ett', 'två', 'tre']);
});

test('where the network never reports, the next text leaves after a while', async () => {
  const vendor = await openFakeVendor(twilioCreated);
  const { house, jobs } = await open(vendor, 1_500);
  const ids = [await house.say('ett'), await house.say('två')];
  await due(house, jobs, ids);
  await vi.waitFor(async () => expect((await house.delivery(ids[1] ?? '')).status).toBe('sent'), within(15_000));
  expect(bodies(vendor)).toEqual(['ett', 'två']);
});

test('two texts arrive in order although the first needs two tries (F27)', async () => {
  const vendor = await openFakeVendor(json(503, {}), twilioCreated);
  const { house, jobs } = await open(vendor, 0);
  const ids = [await house.say('ett'), await house.say('två')];
  await due(house, jobs, ids);
  await vi.waitFor(async () => expect((await house.delivery(ids[1] ?? '')).status).toBe('sent'), within(25_000));
  expect(bodies(vendor)).toEqual(['ett', 'ett', 'två']);
});

test('the confirmation of STOP overtakes what waits, which is never sent', async () => {
  const vendor = await openFakeVendor(json(503, {}));
  const { house, jobs } = await open(vendor, 0);
  const waiting = await house.say('ett');
  await due(house, jobs, [waiting]);
  await vi.waitFor(async () => expect((await house.delivery(waiting)).error).toBe('http-503'), within(10_000));
  const confirmation = await house.say('Inga fler sms.', { keyword: 'stop' });
  await house.optOut(new Date());
  vendor.now(twilioCreated);
  await due(house, jobs, [confirmation]);
  await vi.waitFor(async () => expect((await house.delivery(confirmation)).status).toBe('sent'), within(5_000));
  await vi.waitFor(async () => expect((await house.delivery(waiting)).status).toBe('refused'), within(25_000));
  expect(bodies(vendor).filter((body) => body !== 'ett')).toEqual(['Inga fler sms.']);
});
