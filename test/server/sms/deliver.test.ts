import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { delivery } from '../../../db/schema/work.ts';
import { createTwilio } from '../../../src/server/channels/sms/twilio/twilio.ts';
import { SmsError } from '../../../src/server/channels/sms/vendor/provider.ts';
import { databases } from '../../support/postgres.ts';
import { cut, hang, json, openFakeVendor, text, twilioCreated } from './fake-vendor.ts';
import { AUTH_TOKEN, elksSettings, OURS, openSmsHouse, RELATIVE, type SmsHouse, twilioSettings } from './sms-house.ts';

type Vendor = Awaited<ReturnType<typeof openFakeVendor>>;
const ACCOUNT = 'AC00000000000000000000000000000001';

describe.each(databases)('through Twilio, on %s', (kind) => {
  let vendor: Vendor;
  let house: SmsHouse;
  beforeAll(async () => {
    vendor = await openFakeVendor(twilioCreated);
    house = await openSmsHouse(twilioSettings(vendor.url), kind);
  });
  afterAll(async () => {
    await house.close();
    await vendor.close();
  });
  beforeEach(() => {
    vendor.now(twilioCreated);
    vendor.requests.length = 0;
    house.announced.length = 0;
  });
  afterEach(async () => {
    await house.optOut(null);
    expect(house.lines.join('\n')).not.toMatch(/701740605|hemlig|token-3f9a/);
  });

  test('a text leaves in the wire format and its row holds what the vendor said', async () => {
    const id = await house.say('hemlig – “ja” 1…');
    await house.deliver(id, false);
    const [request] = vendor.requests;
    expect(request?.path).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`);
    expect(request?.authorization).toBe(`Basic ${Buffer.from(`${ACCOUNT}:${AUTH_TOKEN}`).toString('base64')}`);
    expect(request?.form).toEqual({
      To: RELATIVE,
      From: OURS,
      Body: 'hemlig - "ja" 1...',
      StatusCallback: `https://sms.example.org/sms/twilio/status?delivery=${id}#rc=5&rp=all`,
    });
    const row = await house.delivery(id);
    expect(row).toMatchObject({ status: 'sent', provider: 'twilio', attempts: 1, error: null });
    expect(row.providerId).toMatch(/^SM\d+$/);
    expect(house.announced).toHaveLength(2);
    const kinds = (await house.events()).filter((e) => e.seq === row.seq).map((e) => e.kind);
    expect(kinds).toEqual(['message', 'delivery', 'delivery']);
  });

  test('a job that runs again sends nothing again', async () => {
    const id = await house.say('hemlig');
    await house.deliver(id, false);
    await Promise.all([house.deliver(id, false), house.deliver(id, true)]);
    await house.deliver('dlv_00000000000000000000000000000000', false);
    expect(vendor.requests).toHaveLength(1);
  });

  test('two runs of one job at once send once, and the row tells what the vendor said', async () => {
    const id = await house.say('hemlig');
    const runs = Array.from({ length: 8 }, () => house.deliver(id, false));
    await Promise.all(runs);
    expect(vendor.requests).toHaveLength(1);
    expect(await house.delivery(id)).toMatchObject({ status: 'sent', error: null, attempts: 1 });
  });

  test('what the vendor answered is stored although the database cuts every line meanwhile', async () => {
    const id = await house.say('hemlig');
    vendor.now(async (response, request) => {
      await house.db
        .execute('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()')
        .catch(() => {});
      twilioCreated(response, request);
    });
    await house.deliver(id, false);
    // The test's own reading may meet one of the lines that were cut.
    await expect.poll(() => house.delivery(id).catch(() => null)).toMatchObject({ status: 'sent', error: null });
    expect(vendor.requests).toHaveLength(1);
  });

  test('a row left in the middle of sending is unknown and is not sent again (F30)', async () => {
    const id = await house.say('hemlig');
    await house.db
      .update(delivery)
      .set({ status: 'sending', attempts: 1, provider: 'twilio' })
      .where(eq(delivery.id, id));
    await house.deliver(id, false);
    expect(await house.delivery(id)).toMatchObject({ status: 'unknown', error: 'interrupted' });
    expect(vendor.requests).toHaveLength(0);
  });

  test.each([
    ['429', json(429, { code: 20429, message: 'Too Many Requests hemlig', status: 429 }), 'http-429'],
    ['503', text(503, '<html>hemlig</html>'), 'http-503'],
    ['500', json(500, { code: 20500 }), 'http-500'],
    ['bad credentials', json(401, { code: 20003 }), 'http-401'],
    ['30003', json(400, { code: 30003 }), '30003'],
    ['a full queue', json(400, { code: 21611 }), '21611'],
  ])('%s is tried again and sent once when it passes', async (_, answer, code) => {
    const id = await house.say('hemlig');
    vendor.now(answer, answer, twilioCreated);
    await expect(house.deliver(id, false)).rejects.toMatchObject({ kind: 'temporary', code });
    expect(await house.delivery(id)).toMatchObject({ status: 'queued', error: code, attempts: 1 });
    await expect(house.deliver(id, false)).rejects.toThrow(SmsError);
    await house.deliver(id, false);
    expect(await house.delivery(id)).toMatchObject({ status: 'sent', error: null, attempts: 3 });
    expect(vendor.requests).toHaveLength(3);
  });

  test('the last failed try is written down instead of thrown', async () => {
    const id = await house.say('hemlig');
    vendor.now(text(503, ''));
    await house.deliver(id, true);
    expect(await house.delivery(id)).toMatchObject({ status: 'failed', error: 'http-503' });
  });

  test.each(['21211', '21614', '21612', '21635', '30005', '30006', '21617'])('%s is final', async (code) => {
    const id = await house.say('hemlig');
    vendor.now(json(400, { code: Number(code), message: `The 'To' number ${RELATIVE} is not valid`, status: 400 }));
    await house.deliver(id, false);
    expect(await house.delivery(id)).toMatchObject({ status: 'failed', error: code });
    expect(await house.optedOutAt()).toBeNull();
  });

  test.each([
    ['a cut line', cut, 'connection-lost'],
    ['504', text(504, ''), 'http-504'],
    ['an answer without an id', json(201, {}), 'no-id'],
    ['an answer that is no JSON', text(200, '<html>hemlig'), 'no-id'],
  ])('%s leaves it unknown, because the text may be under way', async (_, answer, code) => {
    const id = await house.say('hemlig');
    vendor.now(answer);
    await house.deliver(id, false);
    await house.deliver(id, false);
    expect(await house.delivery(id)).toMatchObject({ status: 'unknown', error: code });
    expect(vendor.requests).toHaveLength(1);
  });

  test('21610 is refused and the number counts as opted out from then on (F45)', async () => {
    const id = await house.say('hemlig');
    vendor.now(json(400, { code: 21610, message: 'Attempt to send to unsubscribed recipient' }));
    await house.deliver(id, false);
    expect(await house.delivery(id)).toMatchObject({ status: 'refused', error: '21610' });
    expect(await house.optedOutAt()).not.toBeNull();
    const next = await house.say('hemlig igen');
    await house.deliver(next, false);
    expect(await house.delivery(next)).toMatchObject({ status: 'refused', error: 'opted-out', attempts: 0 });
    expect(vendor.requests).toHaveLength(1);
  });

  test('after an opt-out only the confirmation goes out', async () => {
    const [due, confirmation] = [await house.say('hemlig'), await house.say('Inga fler sms.', { keyword: 'stop' })];
    await house.optOut(new Date());
    await house.deliver(due, false);
    await house.deliver(confirmation, false);
    expect((await house.delivery(due)).status).toBe('refused');
    expect(vendor.requests.map((r) => r.form['Body'])).toEqual(['Inga fler sms.']);
  });

  test('a text whose words cannot be opened is tried again and then failed, never sent', async () => {
    const id = await house.say('hemlig');
    const { seq, conversationId } = await house.delivery(id);
    await house.db.execute(
      `update message set body = '\\x00' where conversation_id = '${conversationId}' and seq = ${seq}`,
    );
    await expect(house.deliver(id, false)).rejects.toMatchObject({ kind: 'temporary', code: 'unreadable' });
    await house.deliver(id, true);
    expect(await house.delivery(id)).toMatchObject({ status: 'failed', error: 'unreadable' });
    expect(vendor.requests).toHaveLength(0);
  });
});

describe('the line to the vendor', () => {
  const settings = { accountSid: ACCOUNT, authToken: AUTH_TOKEN, from: 'MG01', publicUrl: 'https://x.se' };
  const out = { to: RELATIVE, text: 'hemlig', reference: 'dlv_1' };

  test('nobody listening is temporary: nothing has left', async () => {
    const closed = await openFakeVendor();
    await closed.close();
    const twilio = createTwilio({ ...settings, apiUrl: closed.url });
    await expect(twilio.send(out)).rejects.toMatchObject({ kind: 'temporary', code: 'unreachable' });
  });

  test('a vendor that never answers is given up and the text is unknown', async () => {
    const vendor = await openFakeVendor(hang);
    const twilio = createTwilio({ ...settings, apiUrl: vendor.url }, 200);
    const error = await twilio.send(out).catch((e: unknown) => e);
    expect(error).toMatchObject({ kind: 'unknown', code: 'timeout' });
    expect(String(error)).not.toMatch(/hemlig|701740605|token/);
    expect(vendor.requests[0]?.form['MessagingServiceSid']).toBe('MG01');
    await vendor.close();
  });
});

test('46elks gets its form with credentials in the report URL and leaves the words out of its log', async () => {
  const vendor = await openFakeVendor(
    json(200, {
      status: 'created',
      direction: 'outgoing',
      id: 's70df59406a1b4643b96f3f91e0bfb7b0',
      parts: 1,
      cost: 3500,
    }),
  );
  const house = await openSmsHouse(elksSettings(`${vendor.url}/a1`));
  const id = await house.say('hemlig');
  await house.deliver(id, false);
  expect(vendor.requests[0]).toEqual({
    path: '/a1/sms',
    authorization: `Basic ${Buffer.from('u1:api-word').toString('base64')}`,
    form: {
      from: OURS,
      to: RELATIVE,
      message: 'hemlig',
      dontlog: 'message',
      whendelivered: `https://elk:hook-word%3A%C3%A5%2F7@sms.example.org/sms/46elks/status?delivery=${id}`,
    },
  });
  expect(await house.delivery(id)).toMatchObject({
    status: 'sent',
    provider: '46elks',
    providerId: 's70df59406a1b4643b96f3f91e0bfb7b0',
  });
  vendor.now(text(400, 'Invalid to number'));
  const bad = await house.say('hemlig');
  await house.deliver(bad, false);
  expect(await house.delivery(bad)).toMatchObject({ status: 'failed', error: 'http-400' });
  await house.close();
  await vendor.close();
});

test('with texting off what is due fails, and says why', async () => {
  const house = await openSmsHouse({ provider: 'off' });
  const id = await house.say('hemlig');
  await house.deliver(id, false);
  expect(await house.delivery(id)).toMatchObject({ status: 'failed', error: 'sms-off' });
  await house.close();
});
