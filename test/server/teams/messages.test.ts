import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHandler, type StaffPort } from '../../../src/bot/handler.ts';
import { TeamsActivity } from '../../../src/server/channels/teams/activity.ts';
import { createTeamsAdapter } from '../../../src/server/channels/teams/adapter.ts';
import { allowServiceHosts } from '../../../src/server/channels/teams/guard.ts';
import { APP, appWith, clicked, type House, message, post, startHouse, TENANT } from './teams-house.ts';

let house: House;
const heard: string[] = [];
const clicks: unknown[] = [];
let answer: () => Promise<string> = async () => 'Hej.';
const staff: StaffPort = {
  installed: async () => null,
  command: (text) => {
    heard.push(text);
    return answer();
  },
  action: async (verb, data, who, place) => {
    clicks.push({ verb, data, who, cardId: place.cardId });
    return { type: 'AdaptiveCard', version: '1.5', body: [] };
  },
};

beforeAll(async () => {
  house = await startHouse(staff);
});
afterAll(() => house.fake.stop());
afterEach(() => vi.unstubAllGlobals());
beforeEach(() => {
  heard.length = 0;
  clicks.length = 0;
  house.fake.calls.length = 0;
  answer = async () => 'Hej.';
});

const now = () => Math.floor(Date.now() / 1000);
const ran = () => heard.length + clicks.length;

describe('a good activity', () => {
  test('a message is answered in its thread with the bot’s own token, its mention of the bot left out', async () => {
    const activity = message(house.fake, 'vad kan du?');
    const response = await post(house, activity);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(heard.map((text) => text.replace('&nbsp;', ''))).toEqual(['vad kan du?']);
    const [call] = house.fake.calls;
    expect(call?.path).toBe(`/v3/conversations/${activity.conversation.id}/activities/${activity.id}`);
    expect(call?.authorization).toMatch(/^Bearer bot-token-\d+$/);
    expect(call?.body).toMatchObject({ type: 'message', text: 'Hej.' });
    expect(house.fake.grants[0]?.get('scope')).toBe('https://api.botframework.com/.default');
    expect(house.fake.grants).toHaveLength(1);
  });

  test('a card action is answered with a card', async () => {
    const response = await post(house, clicked(house.fake, { conversation: 'cnv_1', version: 3 }, { replyToId: '17' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5', body: [] },
    });
    expect(clicks).toEqual([
      {
        verb: 'claim',
        data: { conversation: 'cnv_1', version: 3 },
        who: { tenantId: TENANT, objectId: 'coordinator' },
        cardId: '17',
      },
    ]);
  });

  test('Action.Submit of an older client takes the same path', async () => {
    const value = { verb: 'claim', conversation: 'cnv_1', version: 3 };
    expect((await post(house, message(house.fake, '', { value, text: undefined }))).status).toBe(200);
    expect(clicks).toHaveLength(1);
    expect(house.fake.calls[0]?.body).toMatchObject({ attachments: [{ content: { type: 'AdaptiveCard' } }] });
  });

  test('an unknown invoke answers 501', async () => {
    expect((await post(house, clicked(house.fake, {}, { name: 'composeExtension/query' }))).status).toBe(501);
  });

  test('a token that ended four minutes ago still counts, clocks differ', async () => {
    const token = await house.fake.token({ exp: now() - 240 });
    expect((await post(house, message(house.fake, 'hej'), token)).status).toBe(200);
  });

  test('a repeat of an activity runs once, also while the first one runs', async () => {
    const activity = message(house.fake, 'koppla');
    const all = await Promise.all([post(house, activity), post(house, activity), post(house, activity)]);
    expect((await post(house, activity)).status).toBe(200);
    expect(all.map((r) => r.status)).toEqual([200, 200, 200]);
    expect(heard).toHaveLength(1);
    expect(house.fake.calls).toHaveLength(1);
  });

  test('a turn that failed may be sent again', async () => {
    const activity = message(house.fake, 'koppla');
    answer = () => Promise.reject(new Error('hemlig text'));
    const failed = await post(house, activity);
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain('hemlig');
    expect(house.lines.join()).not.toContain('hemlig');
    answer = async () => 'Hej.';
    expect((await post(house, activity)).status).toBe(200);
    expect(heard).toHaveLength(2);
  });

  test('a slow turn is answered within two seconds and goes on', async () => {
    let finish = (_: string): void => {};
    answer = () => new Promise((resolve) => (finish = resolve));
    // Whatever would wait for two seconds or more waits for ever.
    const wait = setTimeout;
    const impatient = (act: () => void, ms = 0) => (ms < 2_000 ? wait(act, ms) : wait(() => {}, 0));
    vi.stubGlobal('setTimeout', impatient);
    expect((await post(house, message(house.fake, 'koppla'))).status).toBe(200);
    expect(house.fake.calls).toHaveLength(0);
    finish('Klart.');
    await expect.poll(() => house.fake.calls[0]?.body['text']).toBe('Klart.');
  });

  test('replies never come back in the HTTP answer, whatever delivery mode is asked for', async () => {
    const response = await post(house, message(house.fake, 'hej', { deliveryMode: 'expectReplies' }));
    expect(await response.text()).toBe('');
    expect(house.fake.calls).toHaveLength(1);
  });
});

describe('401, nothing run and nothing sent', () => {
  const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = () => ({
    iss: 'https://api.botframework.com',
    aud: APP,
    serviceurl: house.fake.serviceUrl,
    exp: now() + 600,
  });
  const tokens: Record<string, () => string | Promise<string>> = {
    'no token': () => '',
    garbage: () => 'a.b.c',
    'another audience': () => house.fake.token({ aud: 'other' }),
    'another issuer': () => house.fake.token({ iss: 'https://evil.example' }),
    'an unknown key id': () => house.fake.token({}, { kid: 'nobody' }),
    'a key not endorsed for Teams': () => house.fake.token({}, { kid: 'elsewhere' }),
    'a wrong signature': () => house.fake.token({}, { key: 'other' }),
    'a token that ended six minutes ago': () => house.fake.token({ exp: now() - 360 }),
    'a token that is not valid yet': () => house.fake.token({ nbf: now() + 900 }),
    'no service URL in the token': () => house.fake.token({ serviceurl: undefined }),
    'another service URL in the token': () => house.fake.token({ serviceurl: 'https://smba.trafficmanager.net/x/' }),
    'alg none': () => `${b64({ alg: 'none', kid: 'teams' })}.${b64(claims())}.x`,
    'HS256 signed with a guess': () => {
      const head = `${b64({ alg: 'HS256', kid: 'teams' })}.${b64(claims())}`;
      return `${head}.${createHmac('sha256', 'guess').update(head).digest('base64url')}`;
    },
    'the emulator door: a user’s v2 token of our tenant': () =>
      house.fake.token({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, azp: APP, ver: '2.0', tid: TENANT }),
    'the emulator door: a user’s v1 token of any tenant': () =>
      house.fake.token({
        iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        appid: APP,
        ver: '1.0',
      }),
    'the emulator door behind our issuer name': () => house.fake.token({ aud: 'x', azp: APP, appid: APP, ver: '2.0' }),
  };
  test.each(Object.keys(tokens))('%s', async (name) => {
    const response = await post(house, message(house.fake, 'koppla jarva'), await tokens[name]?.());
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(ran() + house.fake.calls.length).toBe(0);
  });

  const changes: Record<string, Record<string, unknown>> = {
    'no service URL': { serviceUrl: undefined },
    'an empty service URL': { serviceUrl: '' },
    'another service URL': { serviceUrl: 'https://smba.trafficmanager.net/emea/' },
    'the AseChannel door': { channelId: 'AseChannel' },
    'an empty channel': { channelId: '' },
    'the emulator channel': { channelId: 'emulator' },
    'a visitor channel': { channelId: 'webchat' },
  };
  test.each(Object.keys(changes))('%s', async (name) => {
    expect((await post(house, message(house.fake, 'koppla jarva', changes[name]))).status).toBe(401);
    expect(ran() + house.fake.calls.length).toBe(0);
  });

  test.each([
    'https://evil.example/',
    'http://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net:444/',
    'https://user@smba.trafficmanager.net/',
    'file:///etc/passwd',
    'x',
  ])('a token and an activity that agree on %s', async (serviceUrl) => {
    const token = await house.fake.token({ serviceurl: serviceUrl });
    expect((await post(house, message(house.fake, 'hej', { serviceUrl }), token)).status).toBe(401);
    const microsoft = allowServiceHosts(['smba.trafficmanager.net', '*.botframework.com']);
    expect(microsoft(serviceUrl)).toBe(false);
    expect(microsoft('https://smba.trafficmanager.net/emea/')).toBe(true);
    expect(microsoft('https://europe.botframework.com/')).toBe(true);
  });

  test('a repeat with a bad token does not use up the id of the good one', async () => {
    const activity = message(house.fake, 'hej');
    expect((await post(house, activity, await house.fake.token({}, { key: 'other' }))).status).toBe(401);
    expect((await post(house, activity)).status).toBe(200);
    expect(heard).toHaveLength(1);
  });

  test('an empty id, password or tenant is a refusal to start: in the SDK it would switch authentication off', () => {
    for (const part of ['appId', 'password', 'tenantId']) {
      for (const value of ['', ' ']) {
        const settings = { ...house.settings, [part]: value };
        expect(() => createTeamsAdapter(settings, house.connector, Object(null))).toThrow();
      }
    }
  });
});

describe('400, and the next good message works', () => {
  const shapes: Record<string, (good: object) => unknown> = {
    'broken JSON': () => '{"type":',
    'an empty body': () => '',
    'a list': () => [],
    null: () => 'null',
    'no type': (a) => ({ ...a, type: undefined }),
    'a number for a type': (a) => ({ ...a, type: 7 }),
    'no conversation': (a) => ({ ...a, conversation: undefined }),
    'a conversation without an id': (a) => ({ ...a, conversation: {} }),
    'no channel': (a) => ({ ...a, channelId: undefined }),
    'a number for a text': (a) => ({ ...a, text: 7 }),
    'a mention of nobody': (a) => ({ ...a, entities: [{ type: 'mention' }] }),
    'channel data that is a text': (a) => ({ ...a, channelData: 'x' }),
    'a number for an object id': (a) => ({ ...a, from: { id: '29:x', aadObjectId: 7 } }),
    'a card action with an empty value': (a) => ({ ...a, type: 'invoke', name: 'adaptiveCard/action', value: {} }),
    'a card action without a value': (a) => ({ ...a, type: 'invoke', name: 'adaptiveCard/action' }),
    'a card action of another type': (a) => ({
      ...a,
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Other', verb: 'claim' } },
    }),
  };
  test.each(Object.keys(shapes))('%s', async (name) => {
    const response = await post(house, shapes[name]?.(message(house.fake, 'hej')));
    expect(response.status).toBe(400);
    expect(ran()).toBe(0);
    expect((await post(house, message(house.fake, 'hej'))).status).toBe(200);
  });

  test('a body above 256 kB answers 413', async () => {
    expect((await post(house, message(house.fake, 'x'.repeat(300_000)))).status).toBe(413);
  });

  test('odd but harmless parts are no trouble: bad dates, lone surrogates, nulls', async () => {
    const odd = { timestamp: 'when', text: 'hej \ud800', entities: null, replyToId: null, membersAdded: [null] };
    expect((await post(house, message(house.fake, '', odd))).status).toBe(200);
    expect((await post(house, message(house.fake, '', { ...odd, recipient: undefined }))).status).toBe(200);
    expect((await post(house, message(house.fake, '', { ...odd, type: 'conversationUpdate' }))).status).toBe(200);
  });
});

test('when keys cannot be fetched, by us or by the SDK, the answer is 503 without internals', async () => {
  const settings = { ...house.settings, openIdMetadataUrl: 'http://127.0.0.1:9/openid' };
  const handler = createHandler({ decide: () => Promise.reject(new Error('no visitor')), staff });
  const blind = createTeamsAdapter(settings, house.connector, handler);
  for (const app of [appWith(blind, settings, house.log), appWith(blind, house.settings, house.log)]) {
    const response = await post({ ...house, app }, message(house.fake, 'hej'));
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('127.0.0.1');
  }
  // A user's token is none of the channel's, keys or no keys.
  const token = await house.fake.token({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, azp: APP });
  const app = appWith(blind, settings, house.log);
  expect((await post({ ...house, app }, message(house.fake, 'hej'), token)).status).toBe(401);
  expect(ran()).toBe(0);
});

test('the SDK refuses by itself what our own check would have refused', async () => {
  const receiver = createTeamsAdapter(
    house.settings,
    house.connector,
    createHandler({ decide: () => Promise.reject(new Error()), staff }),
  );
  for (const token of [await house.fake.token({}, { key: 'other' }), await house.fake.token({ aud: 'other' })]) {
    const run = receiver.receive(`Bearer ${token}`, TeamsActivity.parse(message(house.fake, 'hej')), () => true);
    await expect(run).rejects.toMatchObject({ status: 401 });
  }
  expect(ran()).toBe(0);
});

test('with Teams’ staff port off nothing is said', async () => {
  const quiet = await startHouse(null);
  try {
    expect((await post(quiet, message(quiet.fake, 'hej'))).status).toBe(200);
    expect((await post(quiet, clicked(quiet.fake, {}))).status).toBe(501);
    expect(quiet.fake.calls).toHaveLength(0);
  } finally {
    await quiet.fake.stop();
  }
});
