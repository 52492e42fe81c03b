import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { append } from '../../../db/append.ts';
import type { Database } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { district } from '../../../db/schema/place.ts';
import { card } from '../../../db/schema/work.ts';
import { createVault } from '../../../db/vault.ts';
import { cardsOwed } from '../../../src/server/channels/teams/cards-owed.ts';
import { teamsHealth } from '../../../src/server/channels/teams/route-health.ts';
import {
  addWaiting,
  bind,
  CHANNEL,
  cardOf,
  cardsAt,
  change,
  type House,
  openCity,
  startHouse,
  workerId,
} from './teams-house.ts';

let city: Database;
let house: House;
let cards: ReturnType<typeof cardsAt>;
const settle = (id: string) => cards.settle(id);

beforeAll(async () => {
  city = await openCity();
});
beforeEach(async () => {
  house = await startHouse(null, 300);
  cards = cardsAt(city, house);
  await city.db.update(district).set({ teams: null });
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
  test('is posted once when somebody must look, then edited in place through claim and close', async () => {
    const id = await addWaiting(city);
    await settle(id);
    await settle(id);
    expect(house.fake.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v3/conversations']);
    expect(house.fake.calls[0]?.body).toMatchObject({ isGroup: true, channelData: { channel: { id: CHANNEL } } });
    expect(shown()[0]).toContain('Nytt ärende i kön: Järva, akut');
    const posted = await cardOf(city, id);

    await change(city, id, await claimedBy('alva'));
    await settle(id);
    expect(shown()[0]).toContain('Järva 1 har tagit över');
    expect(shown()[0]).not.toContain('Action.Execute');
    await change(city, id, closed());
    await settle(id);
    expect(shown()[0]).toContain('Avslutat');

    expect(house.fake.shown.size).toBe(1);
    expect(house.fake.calls.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT']);
    const { activityId } = posted ?? {};
    expect(await cardOf(city, id)).toMatchObject({ activityId, state: expect.stringMatching(/^closed/), error: null });
  });

  test.each([
    ['comes back to the queue', { owner: 'waiting' as const, workerId: null, claimToken: null }, 'Nytt ärende i kön'],
    ['was with the bot and waits again', { owner: 'waiting' as const, workerId: null }, 'Nytt ärende i kön'],
  ])('one that %s is posted anew, for an edit tells nobody; the old card says so', async (_, freed, title) => {
    const id = await addWaiting(city, { risk: 'none' });
    await settle(id);
    await change(city, id, await claimedBy('alva'));
    await settle(id);
    await change(city, id, freed);
    await settle(id);
    expect(house.fake.calls.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'POST']);
    expect(shown()[0]).toContain('Det finns ett nyare kort');
    expect(shown()[0]).not.toContain(id);
    expect(shown()[1]).toContain(title);
  });

  test('one that turns red while it waits is posted anew; one that calms down is edited', async () => {
    const id = await addWaiting(city, { risk: 'none' });
    await settle(id);
    await change(city, id, { risk: 'elevated' });
    await settle(id);
    await change(city, id, { risk: 'emergency' });
    await settle(id);
    await change(city, id, { risk: 'none' });
    await settle(id);
    expect(house.fake.calls.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'POST', 'PUT']);
  });

  test('is edited only when something would look different, and at most every five seconds (F31)', async () => {
    const id = await addWaiting(city);
    await settle(id);
    for (let n = 0; n < 5; n += 1) await change(city, id, {});
    await settle(id);
    expect(house.fake.calls).toHaveLength(1);
    await change(city, id, await claimedBy('alva'));
    expect(await cards.sync(id, false)).toBe(5_000);
    cards.pass(4_000);
    expect(await cards.sync(id, false)).toBe(1_000);
    expect(house.fake.calls).toHaveLength(1);
    cards.pass(1_000);
    expect(await cards.sync(id, false)).toBeNull();
    expect(house.fake.calls).toHaveLength(2);
  });

  test('tells the current truth, not the change that asked for it: many changes are one edit', async () => {
    const id = await addWaiting(city);
    await settle(id);
    await change(city, id, await claimedBy('alva'));
    await change(city, id, { ...(await claimedBy('bo')) });
    await change(city, id, { risk: 'emergency' });
    await settle(id);
    await settle(id);
    expect(house.fake.calls.map(({ method }) => method)).toEqual(['POST', 'PUT']);
    expect(shown()[0]).toContain('Järva 2 har tagit över');
  });

  test('is not posted while the bot has the conversation, or a worker took it first, or the district is not bound', async () => {
    const bot = await addWaiting(city, { owner: 'bot', waitingSince: null });
    const taken = await addWaiting(city, await claimedBy('alva'));
    const unbound = await addWaiting(city, { district: 'farsta' });
    for (const id of [bot, taken, unbound, 'cnv_none']) await settle(id);
    expect(house.fake.calls).toHaveLength(0);
    expect(await cardsOwed(city.db, cards.clock())).toEqual([]);
    await bind(city, 'farsta', house.fake.serviceUrl, '19:farsta@thread.v2');
    expect(await cardsOwed(city.db, cards.clock())).toEqual([unbound]);
    await settle(unbound);
    expect(house.fake.calls[0]?.path).toBe('/v3/conversations/19:farsta@thread.v2/activities');
    expect(await cardsOwed(city.db, cards.clock())).toEqual([]);
  });

  test('moves with the district: the old card says so, a new one is posted', async () => {
    await bind(city, 'staden', house.fake.serviceUrl, '19:staden@thread.tacv2');
    const id = await addWaiting(city, { district: 'staden' });
    await settle(id);
    await change(city, id, { district: 'jarva' });
    await settle(id);
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
    await settle(id);
    await change(city, id, await claimedBy('alva'));
    await settle(id);
    await change(city, id, closed());
    await settle(id);
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
    await expect(cards.sync(id, false)).rejects.toMatchObject({ kind: 'later' });
    await settle(id);
    expect(house.fake.shown.size).toBe(1);
    expect((await cardOf(city, id))?.activityId).not.toBeNull();
  });

  test('Retry-After is honoured with some spread, for the other cards of the channel too', async () => {
    const [first, second] = [await addWaiting(city), await addWaiting(city)];
    house.fake.fail({ status: 429, retryAfter: '7' });
    expect(await cards.sync(first, false)).toBe(7_700);
    expect(await cards.sync(second, true)).toBe(7_700);
    expect(house.fake.calls).toHaveLength(1);
    cards.pass(7_700);
    await settle(second);
    await settle(first);
    expect(house.fake.shown.size).toBe(2);
  });

  test.each(['hang', 'reset', 'no-id', { status: 500 }, { status: 408 }] as const)(
    'a post whose end is not known (%j) is not repeated blindly; when nobody has come, the pool is told within a minute',
    async (fault) => {
      await bind(city, 'staden', house.fake.serviceUrl, '19:staden@thread.tacv2');
      const id = await addWaiting(city);
      house.fake.fail(fault);
      expect(await cards.sync(id, false)).toBe(45_000);
      expect(await cardOf(city, id)).toMatchObject({ activityId: null, error: 'unknown' });
      cards.pass(10_000);
      expect(await cards.sync(id, false)).toBe(35_000);
      expect(house.fake.calls).toHaveLength(1);
      cards.pass(35_000);
      await settle(id);
      expect(house.fake.calls).toHaveLength(2);
      expect(house.fake.calls[1]?.body).toMatchObject({ channelData: { channel: { id: '19:staden@thread.tacv2' } } });
      expect(await cardOf(city, id)).toMatchObject({ error: null, district: 'jarva' });
    },
  );

  test('one that was taken meanwhile is not posted again', async () => {
    const id = await addWaiting(city);
    house.fake.fail('reset');
    await cards.sync(id, false);
    await change(city, id, await claimedBy('alva'));
    cards.pass(60_000);
    await settle(id);
    expect(house.fake.calls).toHaveLength(1);
    await change(city, id, { owner: 'waiting', workerId: null, claimToken: null });
    await settle(id);
    expect(house.fake.calls).toHaveLength(2);
  });

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
    expect(await cards.sync(id, false)).toBe(45_000);
    expect(house.fake.calls).toHaveLength(0);
    expect(await cardOf(city, id)).toMatchObject({ error: 'unknown' });
  });

  test.each([
    [403, 'blocked'],
    [404, 'gone'],
    [413, 'refused'],
  ] as const)('an edit answered %i marks the card %s and stops', async (status, error) => {
    const id = await addWaiting(city);
    await settle(id);
    await change(city, id, await claimedBy('alva'));
    house.fake.fail({ status });
    await settle(id);
    await change(city, id, closed());
    await settle(id);
    expect(house.fake.calls).toHaveLength(2);
    expect(await cardOf(city, id)).toMatchObject({ error });
  });

  test.each(['hang', 'reset', { status: 500 }, { status: 429 }] as const)(
    'an edit that failed (%j) is done again: twice is as good as once',
    async (fault) => {
      const id = await addWaiting(city);
      await settle(id);
      await change(city, id, await claimedBy('alva'));
      cards.pass(5_000);
      house.fake.fail(fault);
      await expect(cards.sync(id, false)).rejects.toThrow();
      await settle(id);
      expect(shown()[0]).toContain('Järva 1 har tagit över');
    },
  );

  test.each([
    [403, 'blocked'],
    [404, 'gone'],
  ] as const)(
    'a channel that answers %i is marked, the pool is told at once, and koppla makes it good',
    async (status, kind) => {
      await bind(city, 'staden', house.fake.serviceUrl, '19:staden@thread.tacv2');
      const id = await addWaiting(city);
      house.fake.fail({ status });
      await settle(id);
      expect(house.fake.calls).toHaveLength(2);
      expect(await cardOf(city, id)).toMatchObject({ error: null });
      const teams = async () => (await city.db.select().from(district).where(eq(district.slug, 'jarva')))[0]?.teams;
      expect((await teams())?.failing).toBe(kind);
      expect(await teamsHealth(city.db)).toMatchObject({ teams_channels_failing: 1 });
      await settle(await addWaiting(city));
      expect((await teams())?.failing).toBeUndefined();
    },
  );

  test('a card that was taken away while somebody waits is posted again', async () => {
    const id = await addWaiting(city);
    await settle(id);
    house.fake.shown.clear();
    await change(city, id, { risk: 'emergency' });
    await settle(id);
    expect(shown()).toHaveLength(1);
    expect(await cardOf(city, id)).toMatchObject({ error: null });
  });

  test('when no channel takes it, it is marked; bound anew it is owed again', async () => {
    const id = await addWaiting(city);
    house.fake.fail({ status: 403 });
    await settle(id);
    expect(await cardOf(city, id)).toMatchObject({ error: 'blocked' });
    expect(await cardsOwed(city.db, cards.clock())).not.toContain(id);
    await bind(city, 'jarva', house.fake.serviceUrl, CHANNEL, '2026-11-22T17:00:00Z');
    expect(await cardsOwed(city.db, cards.clock())).toContain(id);
    await settle(id);
    expect(await cardOf(city, id)).toMatchObject({ error: null });
  });

  test('an edit that was given up is owed', async () => {
    const id = await addWaiting(city);
    await settle(id);
    await change(city, id, await claimedBy('alva'));
    cards.pass(6_000);
    house.fake.fail({ status: 503 });
    expect(await cards.sync(id, true)).toBeNull();
    expect(await cardsOwed(city.db, cards.clock())).toContain(id);
    await settle(id);
    expect(await cardsOwed(city.db, cards.clock())).not.toContain(id);
  });

  test('the last try writes down what failed instead of throwing, and a card that was never posted stays owed', async () => {
    const id = await addWaiting(city);
    house.fake.fail({ status: 503 });
    await cards.sync(id, true);
    expect(house.lines.join()).toContain('card.given-up');
    expect(await cardsOwed(city.db, cards.clock())).toContain(id);
    await house.fake.stop();
    await expect(cards.sync(id, false)).rejects.toMatchObject({ kind: 'later' });
    expect(await cardsOwed(city.db, cards.clock())).toContain(id);
  });

  test('a token that was refused is asked for anew', async () => {
    const id = await addWaiting(city);
    house.fake.fail({ status: 401 });
    await expect(cards.sync(id, false)).rejects.toMatchObject({ kind: 'later' });
    await settle(id);
    expect(house.fake.calls.map(({ authorization }) => authorization)).toEqual([
      'Bearer bot-token-1',
      'Bearer bot-token-2',
    ]);
  });

  test('the bot’s token is not sent to a host that is not allowed, even when a row names it', async () => {
    await bind(city, 'jarva', 'https://evil.example/');
    const id = await addWaiting(city);
    await settle(id);
    expect(await cardOf(city, id)).toMatchObject({ error: 'refused' });
    expect(house.fake.grants).toHaveLength(0);
  });
});
