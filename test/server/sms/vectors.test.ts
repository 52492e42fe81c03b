import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json, openFakeVendor } from './fake-vendor.ts';
import {
  AUTH_TOKEN,
  elksRequest,
  elksSettings,
  openSmsHouse,
  RELATIVE,
  type SmsHouse,
  twilioRequest,
  twilioSettings,
} from './sms-house.ts';

/** What the vendors' documentation shows of a request, with the fictional series in the place of their numbers. */
const TWILIO_INBOUND = {
  ToCountry: 'SE',
  ToState: '',
  SmsMessageSid: 'SMaf7a2cbe5d4b0d0f1f6a3b2c1d0e9f8a',
  NumMedia: '0',
  ToCity: '',
  FromZip: '',
  SmsSid: 'SMaf7a2cbe5d4b0d0f1f6a3b2c1d0e9f8a',
  FromState: '',
  SmsStatus: 'received',
  FromCity: '',
  Body: 'Hej & välkommen + 100 % "så" 👍',
  FromCountry: 'SE',
  To: '+46701740699',
  MessagingServiceSid: 'MGb1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6',
  ToZip: '',
  NumSegments: '1',
  MessageSid: 'SMaf7a2cbe5d4b0d0f1f6a3b2c1d0e9f8a',
  AccountSid: 'AC00000000000000000000000000000001',
  From: RELATIVE,
  ApiVersion: '2010-04-01',
};
const TWILIO_STATUS = {
  AccountSid: 'AC00000000000000000000000000000001',
  From: '+46701740699',
  To: RELATIVE,
  MessageSid: '',
  MessageStatus: 'undelivered',
  SmsSid: '',
  SmsStatus: 'undelivered',
  ErrorCode: '30005',
  RawDlrDoneDate: '2611241012',
  ApiVersion: '2010-04-01',
};
const ELKS_INBOUND = {
  direction: 'incoming',
  id: 'sf8425555e5d8db61dda7a7b3f1b91bdb',
  from: RELATIVE,
  to: '+46701740699',
  created: '2026-11-24T09:59:31.412000',
  message: 'Hej & välkommen + 100 % "så" 👍',
};
const ELKS_CREATED = {
  status: 'created',
  direction: 'outgoing',
  from: '+46701740699',
  created: '2026-11-24T10:00:01.116000',
  parts: 1,
  to: RELATIVE,
  cost: 3500,
  message: 'Svar',
  id: 's3633fa8e62f823e52fbc67ebf6925ab5',
};
const TWILIO_CREATED = {
  account_sid: 'AC00000000000000000000000000000001',
  api_version: '2010-04-01',
  body: 'Svar',
  date_created: 'Tue, 24 Nov 2026 10:00:01 +0000',
  date_sent: null,
  date_updated: 'Tue, 24 Nov 2026 10:00:01 +0000',
  direction: 'outbound-api',
  error_code: null,
  error_message: null,
  from: '+46701740699',
  messaging_service_sid: null,
  num_media: '0',
  num_segments: '1',
  price: null,
  price_unit: null,
  sid: 'SMb7c0a2ce80504485a6f653a7110836f5',
  status: 'queued',
  subresource_uris: { media: '/2010-04-01/Accounts/AC1/Messages/SM1/Media.json' },
  to: RELATIVE,
  uri: '/2010-04-01/Accounts/AC1/Messages/SM1.json',
};

let vendor: Awaited<ReturnType<typeof openFakeVendor>>;
let house: SmsHouse;
const post = async (path: string, init: RequestInit) => {
  const response = await fetch(house.origin + path, init);
  return [response.status, await response.text()];
};
const DONE = [204, ''];

describe('Twilio, as it documents itself', () => {
  beforeAll(async () => {
    vendor = await openFakeVendor(json(201, TWILIO_CREATED));
    house = await openSmsHouse(twilioSettings(vendor.url));
  });
  afterAll(async () => {
    await house.close();
    await vendor.close();
  });

  test('an inbound form is heard behind a proxy, and of its many fields nothing is kept but the words', async () => {
    expect(await post('/sms/twilio', twilioRequest('/sms/twilio', TWILIO_INBOUND))).toEqual(DONE);
    expect(await house.visitorTexts()).toEqual([TWILIO_INBOUND.Body]);
  });

  test('a JSON body is bound by bodySHA256 in the signed address', async () => {
    const body = JSON.stringify({ ...TWILIO_INBOUND, MessageSid: 'SM2', Body: 'som JSON' });
    const path = `/sms/twilio?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const signature = createHmac('sha1', AUTH_TOKEN).update(`https://sms.example.org${path}`).digest('base64');
    const headers = { 'content-type': 'application/json', 'x-twilio-signature': signature };
    expect(await post(path, { method: 'POST', headers, body: `${body} ` })).toEqual([403, '']);
    expect(await post(path, { method: 'POST', headers, body })).toEqual(DONE);
    expect(await house.visitorTexts()).toContain('som JSON');
  });

  test('repeats under one I-Twilio-Idempotency-Token are one message, even under another id', async () => {
    const send = (sid: string, token: string) => {
      const fields = { ...TWILIO_INBOUND, MessageSid: sid, Body: 'ja' };
      const { headers, ...init } = twilioRequest('/sms/twilio', fields);
      return post('/sms/twilio', { ...init, headers: { ...headers, 'i-twilio-idempotency-token': token } });
    };
    expect(await send('SM31', 'b5c3-1')).toEqual(DONE);
    await house.deliver(await house.say('Är det sant?'), false);
    expect(await send('SM32', 'b5c3-1')).toEqual(DONE);
    expect((await house.visitorTexts()).filter((text) => text === 'ja')).toHaveLength(1);
    expect(await send('SM33', 'b5c3-2')).toEqual(DONE);
    expect((await house.visitorTexts()).filter((text) => text === 'ja')).toHaveLength(2);
  });

  test.each([
    ['HELP', false],
    ['STOP', true],
    ['START', true],
  ])(
    'after OptOutType %s nothing is sent: %s (only a STOP of the vendor is noted, its START is not)',
    async (type, silent) => {
      const fields = {
        ...TWILIO_INBOUND,
        MessageSid: `SMopt${type}`,
        Body: `jag vill sluta ${type.length}`,
        OptOutType: type,
      };
      expect(await post('/sms/twilio', twilioRequest('/sms/twilio', fields))).toEqual(DONE);
      expect(await house.visitorTexts()).toContain(`jag vill sluta ${type.length}`);
      expect((await house.optedOutAt()) !== null).toBe(silent);
    },
  );

  test('a report comes to an address with connection overrides, signed with the fragment or without', async () => {
    await house.optOut(null);
    for (const fragment of ['', '#rc=5&rp=all']) {
      vendor.now(json(201, { ...TWILIO_CREATED, sid: `SMreport${fragment.length}` }));
      const id = await house.say('Svar');
      await house.deliver(id, false);
      const callback = vendor.requests.at(-1)?.form['StatusCallback'] ?? '';
      expect(callback).toBe(`https://sms.example.org/sms/twilio/status?delivery=${id}#rc=5&rp=all`);
      const sid = (await house.delivery(id)).providerId ?? '';
      const path = `/sms/twilio/status?delivery=${id}`;
      const signed = twilioRequest(path + fragment, { ...TWILIO_STATUS, MessageSid: sid, SmsSid: sid });
      expect(await post(path, signed)).toEqual(DONE);
      expect(await house.delivery(id)).toMatchObject({ status: 'failed', error: '30005' });
    }
  });
});

describe('46elks, as it documents itself', () => {
  beforeAll(async () => {
    vendor = await openFakeVendor(json(200, ELKS_CREATED));
    house = await openSmsHouse(elksSettings(vendor.url));
  });
  afterAll(async () => {
    await house.close();
    await vendor.close();
  });

  test('an inbound form is heard and answered with an empty body; it may be repeated for hours', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await post('/sms/46elks', elksRequest(ELKS_INBOUND))).toEqual(DONE);
    expect(await house.visitorTexts()).toEqual([ELKS_INBOUND.message]);
  });

  test('a text is sent with dontlog, and its reports move it on', async () => {
    const id = await house.say('Svar');
    await house.deliver(id, false);
    expect(vendor.requests[0]?.form['dontlog']).toBe('message');
    const tell = (status: string, more = {}) =>
      post('/sms/46elks/status', elksRequest({ id: ELKS_CREATED.id, status, ...more }));
    expect(await tell('sent')).toEqual(DONE);
    expect(await tell('delivered', { delivered: '2026-11-24T10:00:05.116000' })).toEqual(DONE);
    expect(await tell('failed')).toEqual(DONE);
    expect(await house.delivery(id)).toMatchObject({ status: 'delivered', providerId: ELKS_CREATED.id });
  });
});

test('after a change of vendor what is due leaves through the new one, and reports of the old one are still heard', async () => {
  const before = await openFakeVendor(json(503, {}));
  const after = await openFakeVendor(json(200, ELKS_CREATED));
  const old = twilioSettings(before.url);
  const shop = await openSmsHouse(old);
  const waiting = await shop.say('Svar');
  await shop.deliver(waiting, false).catch(() => {});
  expect(await shop.delivery(waiting)).toMatchObject({ status: 'queued', provider: 'twilio' });
  const { provider } = elksSettings(after.url);
  const others = typeof old.provider === 'string' ? [] : [old.provider];
  const changed = await openSmsHouse({ provider, others }, 'embedded', 0, () => new Date(), shop.connection);
  await changed.deliver(waiting, false);
  expect(await changed.delivery(waiting)).toMatchObject({ status: 'sent', provider: '46elks' });
  const answer = await fetch(`${changed.origin}/sms/twilio`, twilioRequest('/sms/twilio', TWILIO_INBOUND));
  expect(answer.status).toBe(204);
  expect(await changed.visitorTexts()).toContain(TWILIO_INBOUND.Body);
  for (const one of [changed, shop, before, after]) await one.close();
});
