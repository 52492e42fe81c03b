import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  AUTH_TOKEN,
  elksRequest,
  elksSettings,
  OURS,
  openSmsHouse,
  RELATIVE,
  type SmsHouse,
  twilioRequest,
  twilioSettings,
  WEBHOOK_PASSWORD,
} from './sms-house.ts';

let house: SmsHouse;
afterAll(() => house.close());
afterEach(() => {
  const log = house.lines.join('\n');
  for (const secret of [RELATIVE.slice(3), 'hemlig', AUTH_TOKEN, WEBHOOK_PASSWORD, OURS.slice(3)])
    expect(log).not.toContain(secret);
});

const post = async (path: string, init: RequestInit) => {
  const response = await fetch(house.origin + path, init);
  return { status: response.status, body: await response.text() };
};
const counts = async () => [
  await house.count('message'),
  await house.count('conversation'),
  await house.count('phone'),
];
const NOTHING = { status: 403, body: '' };

describe('Twilio', () => {
  beforeAll(async () => {
    house = await openSmsHouse(twilioSettings('http://127.0.0.1:9'));
  });
  const inbound = (id: string, body: string, from = RELATIVE) => ({
    MessageSid: id,
    SmsSid: id,
    AccountSid: 'AC1',
    From: from,
    To: OURS,
    Body: body,
    NumMedia: '0',
    FromCity: 'Farsta',
    FromCountry: 'SE',
    ApiVersion: '2010-04-01',
  });

  test('a wrong signature is refused with an empty body and nothing is stored', async () => {
    const forged = twilioRequest('/sms/twilio', inbound('SM00', 'hemlig'), 'another-token');
    expect(await post('/sms/twilio', forged)).toEqual(NOTHING);
    const unsigned = { method: 'POST', body: new URLSearchParams(inbound('SM00', 'hemlig')) };
    expect(await post('/sms/twilio', unsigned)).toEqual(NOTHING);
    expect(await post('/sms/twilio?x=1', twilioRequest('/sms/twilio', inbound('SM00', 'hemlig')))).toEqual(NOTHING);
    expect(await post('/sms/twilio/status', twilioRequest('/sms/twilio', { MessageSid: 'SM00' }))).toEqual(NOTHING);
    expect(await counts()).toEqual([0, 0, 0]);
    expect(house.lines.every((line) => JSON.parse(line).event === 'sms.webhook-refused')).toBe(true);
  });

  test.each([
    ['no id', { From: RELATIVE, Body: 'hemlig' }],
    ['no sender', { MessageSid: 'SM01', Body: 'hemlig' }],
    ['no text', { MessageSid: 'SM01', From: RELATIVE }],
    ['an id that is none', { MessageSid: "SM'\u0000 01", From: RELATIVE, Body: 'hemlig' }],
    ['nothing', {}],
  ])('a signed request with %s is 400, empty, and stores nothing', async (_, fields) => {
    expect(await post('/sms/twilio', twilioRequest('/sms/twilio', fields))).toEqual({ status: 400, body: '' });
    expect(await counts()).toEqual([0, 0, 0]);
  });

  test('10 MB are 413 with an empty body, and the next good message works', async () => {
    const { headers = {} } = twilioRequest('/sms/twilio', {});
    const huge = { method: 'POST', headers, body: 'x'.repeat(10_000_000) };
    expect(await post('/sms/twilio', huge).catch(() => ({ status: 413, body: '' }))).toEqual({ status: 413, body: '' });
    expect(await counts()).toEqual([0, 0, 0]);
    expect(await post('/sms/twilio', twilioRequest('/sms/twilio', inbound('SM02', 'hemlig ett')))).toEqual({
      status: 204,
      body: '',
    });
    expect(await counts()).toEqual([1, 1, 1]);
  });

  test('the URL is verified in the spelling in which it was called', async () => {
    const path = "/sms/twilio?a='b|%c3%a5";
    const init = twilioRequest(path, {});
    const status = await new Promise((resolve) => {
      const url = new URL(house.origin);
      const { method = '', headers } = init;
      const options = {
        host: url.hostname,
        port: url.port,
        path,
        method,
        headers: Object.fromEntries(new Headers(headers)),
      };
      request(options, (response) => resolve(response.resume().statusCode)).end(String(init.body));
    });
    expect(status).toBe(400);
  });

  test('20 parallel redeliveries make one message (F23)', async () => {
    const request = twilioRequest('/sms/twilio', inbound('SM03', 'hemlig två 👍 åäö'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/sms/twilio', request)));
    expect(answers.every((a) => a.status === 204 && a.body === '')).toBe(true);
    expect(await house.visitorTexts()).toEqual(['hemlig ett', 'hemlig två 👍 åäö']);
  });

  test('20 parallel first messages of one number open one conversation and lose nothing (F26)', async () => {
    const send = (n: number) =>
      post('/sms/twilio', twilioRequest('/sms/twilio', inbound(`SM1${n}`, `hemlig ${n}`, '+46701740606')));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(n)));
    expect(answers.every((a) => a.status === 204)).toBe(true);
    expect(await counts()).toEqual([22, 2, 2]);
  });

  test.each(['Telia', '71234', OURS, '+46 939 123 45'])('a text from %s is answered and not stored', async (from) => {
    const before = await counts();
    expect(await post('/sms/twilio', twilioRequest('/sms/twilio', inbound('SM04', 'hemlig reklam', from)))).toEqual({
      status: 204,
      body: '',
    });
    expect(await counts()).toEqual(before);
  });

  test('STOPP is confirmed once and stops sending, HJÄLP reaches the service, START resumes (F45, F46)', async () => {
    const say = (id: string, body: string, more = {}) =>
      post('/sms/twilio', twilioRequest('/sms/twilio', { ...inbound(id, body), ...more }));
    await say('SM21', 'hjälp', { OptOutType: 'HELP' });
    expect(await house.optedOutAt()).toBeNull();
    expect(house.queued).toHaveLength(0);
    await say('SM22', 'STOPP');
    await say('SM22', 'STOPP');
    await say('SM23', 'stopp');
    expect(await house.optedOutAt()).not.toBeNull();
    expect(house.queued).toHaveLength(1);
    await say('SM24', 'START');
    expect(await house.optedOutAt()).toBeNull();
    expect(house.queued).toHaveLength(2);
  });

  test("a word that only the vendor takes for STOP is still heard as the person's words (F46)", async () => {
    await post('/sms/twilio', twilioRequest('/sms/twilio', { ...inbound('SM31', 'quit'), OptOutType: 'STOP' }));
    expect(await house.visitorTexts()).toContain('quit');
    expect(await house.unanswered()).toContain('quit');
  });

  test("the vendor's STOP is ours too, without a confirmation that it would refuse; its START is not ours (F45)", async () => {
    const say = (id: string, body: string, more = {}) =>
      post('/sms/twilio', twilioRequest('/sms/twilio', { ...inbound(id, body), ...more }));
    expect(await house.optedOutAt()).not.toBeNull();
    await say('SM32', 'yes', { OptOutType: 'START' });
    expect(await house.optedOutAt()).not.toBeNull();
    await say('SM33', 'START', { OptOutType: 'START' });
    expect(await house.optedOutAt()).toBeNull();
    const before = house.queued.length;
    await say('SM34', 'STOPP', { OptOutType: 'STOP' });
    expect(await house.optedOutAt()).not.toBeNull();
    expect(house.queued).toHaveLength(before);
    await say('SM35', 'start');
  });

  test('the other vendors’ routes and the simulated phone are not there', async () => {
    for (const path of ['/sms/46elks', '/sms/46elks/status', '/dev/phone'])
      expect((await post(path, { method: 'POST' })).status).toBe(404);
  });

  test('while the database is down the vendor is told to try again, with an empty body', async () => {
    const other = await openSmsHouse(twilioSettings('http://127.0.0.1:9'));
    await other.database.close();
    const response = await fetch(`${other.origin}/sms/twilio`, twilioRequest('/sms/twilio', inbound('SM41', 'hemlig')));
    expect([response.status, await response.text()]).toEqual([503, '']);
    expect(other.lines.join('')).not.toMatch(/hemlig|701740605/);
    await other.close().catch(() => {});
  });
});

describe('46elks', () => {
  let elks: SmsHouse;
  beforeAll(async () => {
    elks = await openSmsHouse(elksSettings('http://127.0.0.1:9'));
  });
  afterAll(() => elks.close());
  const inbound = {
    direction: 'incoming',
    id: 's3633fa8e62',
    from: RELATIVE,
    to: OURS,
    created: '2026-11-22T09:00:00',
    message: 'hemlig',
  };
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(elks.origin + path, init);
    return { status: response.status, body: await response.text() };
  };

  test('wrong credentials are refused with an empty body and nothing is stored', async () => {
    expect(await send('/sms/46elks', elksRequest(inbound, 'guess'))).toEqual(NOTHING);
    expect(await send('/sms/46elks', { method: 'POST', body: new URLSearchParams(inbound) })).toEqual(NOTHING);
    expect(await send('/sms/46elks/status', elksRequest({ id: 's1', status: 'delivered' }, ''))).toEqual(NOTHING);
    expect(await elks.count('phone')).toBe(0);
  });

  test.each([{ ...inbound, id: '' }, { ...inbound, direction: 'outgoing' }, { id: 's1' }])(
    'an unreadable form is 400 and empty (%#)',
    async (fields) => {
      expect(await send('/sms/46elks', elksRequest(fields))).toEqual({ status: 400, body: '' });
      expect(await elks.count('phone')).toBe(0);
    },
  );

  test('20 parallel redeliveries make one message, answered with an empty body: a body would be texted to the person', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('/sms/46elks', elksRequest(inbound))));
    expect(answers.every((a) => a.status === 204 && a.body === '')).toBe(true);
    expect(await elks.visitorTexts()).toEqual(['hemlig']);
    expect(elks.lines.join('')).not.toMatch(/hemlig|701740605/);
  });

  test("Twilio's routes are not there", async () => {
    expect((await send('/sms/twilio', twilioRequest('/sms/twilio', {}))).status).toBe(404);
  });
});
