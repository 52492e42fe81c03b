import { afterEach, expect, test, vi } from 'vitest';
import { createJobs } from '../../../src/server/jobs/jobs.ts';
import { createLog } from '../../../src/server/log.ts';
import { json, openFakeVendor, twilioCreated } from './fake-vendor.ts';
import { openSmsHouse, twilioSettings } from './sms-house.ts';

let end: () => Promise<unknown> = async () => {};
afterEach(() => end());

test('two texts arrive in order although the first needs two tries (F27)', async () => {
  const vendor = await openFakeVendor(json(503, {}), twilioCreated);
  const house = await openSmsHouse(twilioSettings(vendor.url));
  const jobs = createJobs(house.connection, createLog('silent'));
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
  const ids = [await house.say('ett'), await house.say('två')];
  for (const id of ids) {
    const { conversationId } = await house.delivery(id);
    await house.db.transaction((tx) => jobs.sms(tx, id, conversationId));
  }
  await vi.waitFor(async () => expect((await house.delivery(ids[1] ?? '')).status).toBe('sent'), {
    timeout: 25_000,
    interval: 50,
  });
  expect(vendor.requests.map((r) => r.form['Body'])).toEqual(['ett', 'ett', 'två']);
});
