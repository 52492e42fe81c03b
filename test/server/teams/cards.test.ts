import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { append } from '../../../db/append.ts';
import type { Database } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { card } from '../../../db/schema/work.ts';
import { createVault } from '../../../db/vault.ts';
import { cardsOwed } from '../../../src/server/channels/teams/cards-owed.ts';
import { createLine } from '../../../src/server/channels/teams/line.ts';
import { createCardSync } from '../../../src/server/channels/teams/sync-card.ts';
import {
  addWaiting,
  bind,
  CHANNEL,
  cardOf,
  change,
  clock,
  type House,
  openCity,
  startHouse,
  workerId,
} from './teams-house.ts';

let city: Database;
let house: House;
let waits: number[] = [];
let sync: ReturnType<typeof createCardSync>;

beforeAll(async () => {
  city = await openCity();
});
beforeEach(async () => {
  house = await startHouse(null, 300);
  waits = [];
  const line = createLine({ clock, delay: async (ms) => void waits.push(ms) });
  const { connector, log } = house;
  sync = createCardSync({ db: city.db, connector, line, log, clock, publicUrl: 'https://utvag.example' });
  await bind(city, 'jarva', house.fake.serviceUrl);
});
afterEach(() => house.fake.stop());
afterAll(() => city.close());

const shown = () => [...house.fake.shown.values()].map((activity) => JSON.stringify(activity));
const closed = () => ({ owner: 'closed' as const, closedAt: new Date(), workerId: null, claimToken: null });
const claimedBy = async (name: string) => ({
  owner: 'worker' as const,
  workerId: await workerId(city, name),
  claimToken: 'clm',
});

describe('the one card of a conversation', () => {
  test('is posted once when somebody must look, then edited in place through claim, release and close', async () => {
    const id = await addWaiting(city);
    await sync(id, false);
    await sync(id, false);
    expect(house.fake.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v3/conversations']);
    expect(house.fake.calls[0]?.body).toMatchObject({ isGroup: true, channelData: { channel: { id: CHANNEL } } });
    expect(shown()[0]).toContain('Nytt ärende i kön: Järva, akut');
    const posted = await cardOf(city, id);

    await change(city, id, await claimedBy('alva'));
    await sync(id, false);
    expect(shown()[0]).toContain('Järva 1 har tagit över');
    expect(shown()[0]).not.toContain('Action.Execute');

    const freed = {
      owner: 'waiting' as const,
      workerId: null,
      claimToken: null,
      previousWorkerId: await workerId(city, 'alva'),
    };
    await change(city, id, freed);
    await sync(id, false);
    expect(shown()[0]).toContain('Tillbaka i kön');
    await change(city, id, closed());
    await sync(id, false);
    expect(shown()[0]).toContain('Avslutat');

    expect(house.fake.shown.size).toBe(1);
    expect(house.fake.calls.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'PUT']);
    expect(await cardOf(city, id)).toMatchObject({
      activityId: posted?.activityId,
      state: 'closed',
      version: 3,
      error: null,
    });
  });

  test('tells the current truth, not the change that asked for it: many changes are one edit', async () => {
    const id = await addWaiting(city);
    await sync(id, false);
    await change(city, id, await claimedBy('alva'));
    await change(city, id, { ...(await claimedBy('bo')) });
    await change(city, id, { risk: 'emergency' });
    await sync(id, false);
    await sync(id, false);
    expect(house.fake.calls.map(({ method }) => method)).toEqual(['POST', 'PUT']);
    expect(shown()[0]).toContain('Järva 2 har tagit över');
  });

  test('is not posted while the bot has the conversation, or a worker took it first, or the district is not bound', async () => {
    const bot = await addWaiting(city, { owner: 'bot', waitingSince: null });
    const taken = await addWaiting(city, await claimedBy('alva'));
    const unbound = await addWaiting(city, { district: 'farsta' });
    for (const id of [bot, taken, unbound, 'cnv_none']) await sync(id, false);
    expect(house.fake.calls).toHaveLength(0);
    expect(await cardsOwed(city.db, new Date())).toEqual([]);
    await bind(city, 'farsta', house.fake.serviceUrl, '19:farsta@thread.v2');
    expect(await cardsOwed(city.db, new Date())).toEqual([unbound]);
    await sync(unbound, false);
    expect(house.fake.calls[0]?.path).toBe('/v3/conversations/19:farsta@thread.v2/activities');
    expect(await cardsOwed(city.db, new Date())).toEqual([]);
  });

  test('moves with the district: the old card says so, a new one is posted', async () => {
    await bind(city, 'staden', house.fake.serviceUrl, '19:staden@thread.tacv2');
    const id = await addWaiting(city, { district: 'staden' });
    await sync(id, false);
    await change(city, id, { district: 'jarva' });
    await sync(id, false);
    expect(shown()).toHaveLength(2);
    expect(shown()[0]).toContain('Flyttat till en annan stadsdel');
    expect(shown()[0]).not.toContain(id);
    expect(shown()[1]).toContain('Järva');
    expect(await cardOf(city, id)).toMatchObject({ district: 'jarva', error: null });
  });

  test('holds no word, number or language of the help-seeker', async () => {
    const vault = createVault([{ id: 'm', key: Buffer.alloc(32, 1) }]);
    const { wrappedKey, masterKeyId } = vault.newKey();
    const id = await addWaiting(city, {
      channel: 'sms',
      language: 'so',
      risk: 'emergency',
      wrappedKey,
      masterKeyId,
      reasons: [{ kind: 'weapon', level: 'emergency', rule: 'canary-rule' }],
      state: { topics: ['canary-topic'] },
    });
    const text = 'KANARIEFÅGEL +46701234567 jag är rädd';
    await city.db.transaction(async (tx) => {
      const [row] = await tx.select().from(conversation).where(eq(conversation.id, id));
      if (row) await append(tx, vault, row, { author: 'visitor', text, language: 'so' }, new Date());
    });
    await sync(id, false);
    await change(city, id, await claimedBy('alva'));
    await sync(id, false);
    await change(city, id, closed());
    await sync(id, false);
    const out = JSON.stringify(house.fake.calls) + house.lines.join();
    expect(house.fake.calls).toHaveLength(3);
    for (const word of ['KANARIE', '4670', 'rädd', 'canary', 'weapon', 'somali', '"so"'])
      expect(out).not.toContain(word);
  });
});

describe('when Teams does not do as asked', () => {
  test.each([412, 429, 502, 503, 504])('a post answered %i is tried again and shown once', async (status) => {
    const id = await addWaiting(city);
    house.fake.fail({ status });
    await expect(sync(id, false)).rejects.toMatchObject({ kind: 'later' });
    await sync(id, false);
    expect(house.fake.shown.size).toBe(1);
    expect((await cardOf(city, id))?.activityId).not.toBeNull();
  });

  test('Retry-After is waited out, for the other cards of the channel too', async () => {
    const [first, second] = [await addWaiting(city), await addWaiting(city)];
    house.fake.fail({ status: 429, retryAfter: '7' });
    await expect(sync(first, false)).rejects.toMatchObject({ retryAfterMs: 7_000 });
    await sync(second, false);
    await sync(first, false);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(6_000);
    house.fake.fail({ status: 429, retryAfter: '600' });
    const third = await addWaiting(city);
    await expect(sync(third, false)).rejects.toMatchObject({ kind: 'later' });
    const calls = house.fake.calls.length;
    await expect(sync(third, false)).rejects.toMatchObject({ code: 'paused' });
    expect(house.fake.calls).toHaveLength(calls);
  });

  test.each(['hang', 'reset', 'no-id', { status: 500 }, { status: 408 }] as const)(
    'a post whose end is not known (%j) is never repeated, until somebody must look again',
    async (fault) => {
      const id = await addWaiting(city);
      house.fake.fail(fault);
      await sync(id, false);
      expect(await cardOf(city, id)).toMatchObject({ activityId: null, error: 'unknown' });
      await sync(id, false);
      await change(city, id, await claimedBy('alva'));
      await sync(id, false);
      expect(house.fake.calls).toHaveLength(1);
      expect(house.lines.join()).toContain('card.failed');
      await change(city, id, { owner: 'waiting', workerId: null, claimToken: null });
      await sync(id, false);
      expect(house.fake.calls).toHaveLength(2);
      expect((await cardOf(city, id))?.error).toBeNull();
    },
  );

  test('a run that died between the post and its answer is not repeated', async () => {
    const id = await addWaiting(city);
    await city.db.insert(card).values({
      conversationId: id,
      district: 'jarva',
      serviceUrl: house.fake.serviceUrl,
      teamsConversationId: CHANNEL,
      state: 'waiting',
      version: 0,
    });
    await sync(id, false);
    expect(house.fake.calls).toHaveLength(0);
    expect(await cardOf(city, id)).toMatchObject({ error: 'unknown' });
  });

  test.each([
    [403, 'blocked'],
    [404, 'gone'],
    [413, 'refused'],
  ] as const)('an edit answered %i marks the card %s and stops', async (status, error) => {
    const id = await addWaiting(city);
    await sync(id, false);
    await change(city, id, await claimedBy('alva'));
    house.fake.fail({ status });
    await sync(id, false);
    await change(city, id, closed());
    await sync(id, false);
    expect(house.fake.calls).toHaveLength(2);
    expect(await cardOf(city, id)).toMatchObject({ error });
  });

  test.each(['hang', 'reset', { status: 500 }, { status: 429 }] as const)(
    'an edit that failed (%j) is done again: twice is as good as once',
    async (fault) => {
      const id = await addWaiting(city);
      await sync(id, false);
      await change(city, id, await claimedBy('alva'));
      house.fake.fail(fault);
      await expect(sync(id, false)).rejects.toThrow();
      await sync(id, false);
      expect(shown()[0]).toContain('Järva 1 har tagit över');
    },
  );

  test('the last try writes down what failed instead of throwing, and a card that was never posted stays owed', async () => {
    const id = await addWaiting(city);
    house.fake.fail({ status: 503 });
    await sync(id, true);
    expect(house.lines.join()).toContain('card.given-up');
    expect(await cardsOwed(city.db, new Date())).toContain(id);
    await house.fake.stop();
    await expect(sync(id, false)).rejects.toMatchObject({ kind: 'later' });
    expect(await cardsOwed(city.db, new Date())).toContain(id);
  });

  test('a token that was refused is asked for anew', async () => {
    const id = await addWaiting(city);
    house.fake.fail({ status: 401 });
    await expect(sync(id, false)).rejects.toMatchObject({ kind: 'later' });
    await sync(id, false);
    expect(house.fake.calls.map(({ authorization }) => authorization)).toEqual([
      'Bearer bot-token-1',
      'Bearer bot-token-2',
    ]);
  });

  test('the bot’s token is not sent to a host that is not allowed, even when a row names it', async () => {
    await bind(city, 'jarva', 'https://evil.example/');
    const id = await addWaiting(city);
    await sync(id, false);
    expect(await cardOf(city, id)).toMatchObject({ error: 'refused' });
    expect(house.fake.grants).toHaveLength(0);
  });
});
