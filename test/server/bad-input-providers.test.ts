import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { message } from '../../db/schema/conversation.ts';
import { DEV_TENANT } from '../../db/seed.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { databases } from '../support/postgres.ts';
import { answerOf, ask, expectProblem, probe } from './probe.ts';
import { chunkedBody, head, rawHttp } from './raw-http.ts';
import { APP } from './teams/teams-house.ts';
import { type HouseInTeams, startHouseInTeams } from './teams/whole-house.ts';

const MB_10 = 10 * 1024 * 1024;
const AUTH_TOKEN = 'token-3f9a71c2';
const FORM = 'application/x-www-form-urlencoded';
const fields = (more: Record<string, string> = {}) => ({
  MessageSid: newId('SM').replace('_', ''),
  From: '+46701740605',
  Body: 'hej',
  ...more,
});

describe.each(databases)('bad input of Twilio, on %s', (kind) => {
  let house: TestHouse;
  let check: ReturnType<typeof probe>;
  const env = {
    SMS_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_FROM: '+46701740699',
  };
  beforeAll(async () => {
    house = await startHouse(kind, { env: { ...env, TWILIO_API_URL: 'http://127.0.0.1:9' } });
    check = probe(house);
  });
  afterAll(async () => {
    expect(check.surprises().filter((line) => !line.includes('sms.'))).toEqual([]);
    await house.stop();
  });

  const sign = (url: string, form: Record<string, string>, key = AUTH_TOKEN) =>
    createHmac('sha1', key)
      .update(
        url +
          Object.keys(form)
            .sort()
            .map((name) => name + form[name])
            .join(''),
      )
      .digest('base64');
  const post = (path: string, body: string, headers: Record<string, string>) =>
    ask(house.url + path, { method: 'POST', body, headers: { 'content-type': FORM, ...headers } });
  const text = (form: Record<string, string>, path = '/sms/twilio') =>
    post(path, new URLSearchParams(form).toString(), { 'x-twilio-signature': sign(house.url + path, form) });

  test('what is not signed for this body, this address and by this key is 403 with an empty body', async () => {
    await check.storesNothing(async () => {
      for (const path of ['/sms/twilio', '/sms/twilio/status']) {
        const form = fields();
        const body = new URLSearchParams(form).toString();
        const url = house.url + path;
        const signatures = [
          '',
          'x',
          sign(url, form, 'another-key'),
          sign(`${url}?a=1`, form),
          sign(url, { ...form, Body: 'nej' }),
          'å'.repeat(28),
        ];
        for (const signature of signatures)
          expect(await post(path, body, signature ? { 'x-twilio-signature': encodeURI(signature) } : {})).toMatchObject(
            { status: 403, text: '' },
          );
        expect(
          await post(path, JSON.stringify(form), {
            'content-type': 'application/json',
            'x-twilio-signature': sign(url, {}),
          }),
        ).toMatchObject({ status: 403, text: '' });
      }
    });
  });

  test('what is signed but no message is 400, what is too large 413, each with an empty body', async () => {
    await check.storesNothing(async () => {
      const { Body: _, ...bodyless } = fields();
      for (const form of [{ a: 'b' }, bodyless, fields({ MessageSid: 'SM\0' }), fields({ MessageSid: "'; drop" })])
        expect(await text(form)).toMatchObject({ status: 400, text: '' });
      for (const from of ['Banken', '72', '', '+46701740699', 'a'.repeat(5_000)])
        expect(await text(fields({ From: from }))).toMatchObject({ status: 204, text: '' });
      const status = { MessageSid: 'SM1', MessageStatus: 'sent', ErrorCode: '1; drop' };
      expect(await text(status, '/sms/twilio/status')).toMatchObject({ status: 400, text: '' });
      for (const query of ['?delivery=%00', '?delivery=x', '?delivery=%27', '?delivery=dlv_1&delivery=dlv_2'])
        expect(await text({ MessageSid: 'SM1', MessageStatus: 'sent' }, `/sms/twilio/status${query}`)).toMatchObject({
          status: 204,
          text: '',
        });
      expect(await text(fields({ Body: 'a'.repeat(MB_10) }))).toMatchObject({ status: 413, text: '' });
      const request = head('POST', '/sms/twilio', { 'transfer-encoding': 'chunked', 'content-type': FORM });
      expect(await rawHttp(house.url, request, ...chunkedBody(MB_10))).toMatchObject({ status: 413 });
    });
  });

  test('words with NULs and broken UTF-8 are stored readable, and the next good message is heard', async () => {
    const { db } = house.deps.webchat;
    const before = await db.$count(message);
    expect(await text(fields({ Body: 'a\0b' }))).toMatchObject({ status: 204, text: '' });
    expect(await text(fields({ Body: 'x'.repeat(20_000) }))).toMatchObject({ status: 204, text: '' });
    expect(await text(fields())).toMatchObject({ status: 204, text: '' });
    expect(await db.$count(message)).toBeGreaterThanOrEqual(before + 3);
  });

  test('the routes of other vendors, the simulated phone and Teams are not there', async () => {
    for (const path of ['/sms/46elks', '/sms/46elks/status', '/dev/phone', '/api/messages'])
      expectProblem(await post(path, '', {}), 404);
  });
});

describe.each(databases)('bad input of 46elks, on %s', (kind) => {
  let house: TestHouse;
  let check: ReturnType<typeof probe>;
  const env = {
    SMS_PROVIDER: '46elks',
    ELKS_USERNAME: 'u',
    ELKS_PASSWORD: 'p',
    ELKS_FROM: '+46701740699',
    ELKS_API_URL: 'http://127.0.0.1:9',
    ELKS_WEBHOOK_USER: 'hook',
    ELKS_WEBHOOK_PASSWORD: 'word',
  };
  beforeAll(async () => {
    house = await startHouse(kind, { env });
    check = probe(house);
  });
  afterAll(() => house.stop());
  const basic = (credentials: string) => ({ authorization: `Basic ${Buffer.from(credentials).toString('base64')}` });
  const post = (path: string, form: Record<string, string>, headers: Record<string, string>) =>
    ask(house.url + path, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': FORM, ...headers },
    });
  const incoming = (more: Record<string, string> = {}) => ({
    direction: 'incoming',
    id: newId('s'),
    from: '+46701740605',
    message: 'hej',
    ...more,
  });

  test('wrong credentials are 403, no message 400, too large 413: an empty body each time, nothing stored', async () => {
    await check.storesNothing(async () => {
      for (const path of ['/sms/46elks', '/sms/46elks/status']) {
        for (const headers of [
          {},
          basic('hook:wrong'),
          basic('hook'),
          basic(''),
          basic('word:hook'),
          { authorization: 'Bearer x' },
          { authorization: 'Basic' },
        ])
          expect(await post(path, incoming(), headers)).toMatchObject({ status: 403, text: '' });
        for (const form of [
          {},
          { id: 'x' },
          incoming({ id: '\0', status: 'a' }),
          { id: 'x'.repeat(65), status: 'sent' },
        ])
          expect(await post(path, form, basic('hook:word'))).toMatchObject({ status: 400, text: '' });
        expect(await post(path, incoming({ message: 'a'.repeat(MB_10) }), basic('hook:word'))).toMatchObject({
          status: 413,
          text: '',
        });
      }
    });
  });

  test('the next good message is heard', async () => {
    const { db } = house.deps.webchat;
    expect(await post('/sms/46elks', incoming(), basic('hook:word'))).toMatchObject({ status: 204, text: '' });
    expect(await db.$count(message)).toBeGreaterThanOrEqual(1);
  });
});

describe('bad input of Teams', () => {
  let inTeams: HouseInTeams;
  let fake: HouseInTeams['fake'];
  let check: ReturnType<typeof probe>;
  beforeAll(async () => {
    inTeams = await startHouseInTeams('embedded');
    fake = inTeams.fake;
    check = probe(inTeams.house);
  });
  afterAll(async () => {
    expect(check.surprises()).toEqual([]);
    await inTeams.stop();
  });

  const activity = (more: Record<string, unknown> = {}) => ({
    type: 'message',
    id: newId('act'),
    channelId: 'msteams',
    serviceUrl: fake.serviceUrl,
    conversation: { id: '19:x@thread.tacv2' },
    from: { id: '29:who', aadObjectId: 'nobody' },
    recipient: { id: `28:${APP}` },
    channelData: { tenant: { id: DEV_TENANT } },
    text: 'hej',
    ...more,
  });
  const post = async (body: unknown, token?: string) => answerOf(await inTeams.post(body, token));

  test('tokens that are forged, expired, of another audience or issuer, and addresses not in the token, are 401', async () => {
    const past = Math.floor(Date.now() / 1000) - 3_600;
    await check.storesNothing(async () => {
      const tokens = [
        'x',
        'a.b.c',
        await fake.token({ aud: 'another' }),
        await fake.token({ exp: past }),
        await fake.token({ iss: 'https://sts.windows.net/x/' }),
        await fake.token({}, { key: 'other' }),
        await fake.token({}, { kid: 'unheard-of' }),
        await fake.token({ serviceurl: 'https://evil.example/' }),
      ];
      for (const token of tokens) expectProblem(await post(activity(), token), 401);
      for (const serviceUrl of [
        undefined,
        '',
        'https://evil.example/',
        `${fake.serviceUrl}@evil.example`,
        'javascript:1',
      ])
        expectProblem(await post(activity({ serviceUrl })), 401);
      for (const channelId of ['emulator', 'AseChannel', 'directline', ''])
        expectProblem(await post(activity({ channelId })), 401);
    });
    expect(fake.calls).toEqual([]);
  });

  test('what is no activity is 400, what is too large 413, and the next good one is taken', async () => {
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    await check.storesNothing(async () => {
      for (const body of [
        '{',
        '[]',
        'null',
        '',
        '5',
        deep,
        activity({ conversation: 'x' }),
        activity({ type: 5 }),
        activity({ entities: [{ type: 'mention' }] }),
        activity({ type: 'invoke', name: 'adaptiveCard/action', value: {} }),
      ])
        expectProblem(await post(body), 400);
      expectProblem(await post('a'.repeat(MB_10)), 413);
    });
    expect((await post(JSON.stringify(activity({ channelData: {} })).replace('{}', deep))).status).toBe(200);
    expect((await post(activity())).status).toBe(200);
  });
});
