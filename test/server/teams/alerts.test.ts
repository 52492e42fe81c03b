import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../db/client.ts';
import { newId } from '../../../db/schema/columns.ts';
import { district } from '../../../db/schema/place.ts';
import { worker } from '../../../db/schema/staff.ts';
import { alert } from '../../../db/schema/work.ts';
import { teamsHealth } from '../../../src/server/channels/teams/route-health.ts';
import { createAlertSend } from '../../../src/server/channels/teams/send-alert.ts';
import { createStaffPort } from '../../../src/server/channels/teams/staff-port.ts';
import {
  addWaiting,
  bind,
  cardsAt,
  change,
  clock,
  type House,
  message,
  openCity,
  post,
  startHouse,
  TENANT,
  workerId,
} from './teams-house.ts';

let city: Database;
let house: House;
let cards: ReturnType<typeof cardsAt>;
let send: ReturnType<typeof createAlertSend>;
let queued: string[] = [];

beforeAll(async () => {
  city = await openCity();
});
beforeEach(async () => {
  const none = async () => {};
  const claim = () => Promise.reject(new Error('no claim'));
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const port = createStaffPort({ db: city.db, claim, repair: none, mend: none, log, clock, publicUrl: '' });
  house = await startHouse(port, 300);
  cards = cardsAt(city, house);
  queued = [];
  const jobs = { alert: async (_: unknown, id: string) => void queued.push(id), wake: () => {} };
  send = createAlertSend({ ...cards, jobs });
  await city.db.delete(alert);
  await city.db.update(worker).set({ teams: null, alerts: 'none', alertHealth: 'unknown', onDutyUntil: null });
  await city.db.update(district).set({ teams: null });
});
afterEach(() => house.fake.stop());
afterAll(() => city.close());

const personal = (objectId: string, more: object = {}) => ({
  from: { id: `29:${objectId}`, aadObjectId: objectId },
  conversation: { id: `a:${objectId}`, conversationType: 'personal' },
  channelData: { tenant: { id: TENANT } },
  ...more,
});
const install = (objectId: string, action = 'add') =>
  post(house, message(house.fake, '', { ...personal(objectId), type: 'installationUpdate', action, text: undefined }));
const writes = (objectId: string, text: string) => post(house, message(house.fake, text, personal(objectId)));
const said = () => String(house.fake.calls.at(-1)?.body['text']);
const staffOf = async (objectId: string) =>
  (await city.db.select().from(worker).where(eq(worker.objectId, objectId)))[0];
const alerts = () => city.db.select().from(alert).orderBy(alert.createdAt);

/** On duty, reachable, and wanting every alert. */
async function onDuty(objectId: string): Promise<string> {
  await install(objectId);
  const onDutyUntil = new Date('2026-11-22T23:00:00Z');
  await city.db.update(worker).set({ alerts: 'all', onDutyUntil }).where(eq(worker.objectId, objectId));
  house.fake.calls.length = 0;
  return workerId(city, objectId);
}

async function alertTo(to: { workerId: string } | { district: string }, conversationId: string): Promise<string> {
  const id = newId('alr');
  await city.db.insert(alert).values({ id, conversationId, cause: '1:first', ...to, createdAt: cards.clock() });
  return id;
}
/** Runs what was queued until nothing is left, as the job queue does. */
async function work(): Promise<void> {
  for (const id of queued) {
    for (let ms = await send(id, false); ms !== null; ms = await send(id, false)) cards.pass(ms);
  }
}

describe('one’s own chat with the bot', () => {
  test('is known from the installation, and forgotten when the app is taken away', async () => {
    await install('alva');
    expect(said()).toContain('larm rött');
    expect(await staffOf('alva')).toMatchObject({
      teams: { conversationId: 'a:alva', tenantId: TENANT },
      alerts: 'none',
    });
    await install('alva', 'remove');
    expect(await staffOf('alva')).toMatchObject({ teams: null, alertHealth: 'missing' });
  });

  test('is known from the first message too; alerts are a choice', async () => {
    await writes('alva', 'hej');
    expect((await staffOf('alva'))?.teams?.conversationId).toBe('a:alva');
    for (const [text, alerts] of [
      ['larm rött', 'red'],
      ['Larm  ALLA', 'all'],
      ['larm av', 'none'],
    ] as const) {
      await writes('alva', text);
      expect((await staffOf('alva'))?.alerts).toBe(alerts);
    }
    await writes('alva', 'larm sedan');
    expect(said()).toContain('Skriv ”larm rött”');
  });

  test('no district can be bound to it, and a stranger is told how to get in and nothing else', async () => {
    await writes('coordinator', 'koppla järva');
    expect((await city.db.select().from(district)).every(({ teams }) => teams === null)).toBe(true);
    await writes('nobody', 'larm alla');
    expect(said()).toBe('Du har inte behörighet än. Be din samordnare lägga till dig.');
  });

  test('installed in a team the bot says how to bind a district', async () => {
    const activity = message(house.fake, '', { type: 'installationUpdate', action: 'add', text: undefined });
    await post(house, activity);
    await post(house, activity);
    expect(house.fake.calls).toHaveLength(1);
    expect(said()).toContain('koppla');
  });
});

describe('an alert', () => {
  test('is district, urgency, channel, waiting time and a link, sent once, and the person’s health is good', async () => {
    const id = await alertTo({ workerId: await onDuty('alva') }, await addWaiting(city, { risk: 'emergency' }));
    expect(await send(id, false)).toBeNull();
    expect(await send(id, false)).toBeNull();
    expect(house.fake.calls).toHaveLength(1);
    const [call] = house.fake.calls;
    expect(call?.path).toBe('/v3/conversations/a:alva/activities');
    expect(call?.body).toMatchObject({ summary: 'Titta i inkorgen: Järva, fara nu' });
    expect(await staffOf('alva')).toMatchObject({ alertHealth: 'ok' });
    expect(await alerts()).toMatchObject([{ state: 'sent', error: null }]);
  });

  test('to another district’s channel is a post there', async () => {
    await bind(city, 'staden', house.fake.serviceUrl, '19:staden@thread.tacv2');
    await send(await alertTo({ district: 'staden' }, await addWaiting(city)), false);
    expect(house.fake.calls[0]?.body).toMatchObject({ channelData: { channel: { id: '19:staden@thread.tacv2' } } });
  });

  test('about what is closed meanwhile is not sent', async () => {
    const conversation = await addWaiting(city);
    const id = await alertTo({ workerId: await onDuty('alva') }, conversation);
    await change(city, conversation, { owner: 'closed', closedAt: new Date() });
    await send(id, false);
    expect(house.fake.calls).toHaveLength(0);
    expect(queued).toEqual([]);
  });

  test.each([
    [403, 'blocked'],
    [404, 'missing'],
  ] as const)(
    'answered %i: the person is marked %s and a colleague on duty is told instead',
    async (status, health) => {
      await onDuty('bo');
      queued.push(await alertTo({ workerId: await onDuty('alva') }, await addWaiting(city)));
      house.fake.fail({ status });
      await work();
      expect(await staffOf('alva')).toMatchObject({ alertHealth: health });
      expect(house.fake.calls.map(({ path }) => path.split('/')[3])).toEqual(['a:alva', 'a:bo']);
      expect((await alerts()).map(({ state }) => state).sort()).toEqual(['failed', 'sent']);
      expect(await teamsHealth(city.db)).toMatchObject({
        teams_alerts_sent: 1,
        teams_alerts_failed: 1,
        teams_people_unreachable: 1,
      });
    },
  );

  test('nobody else on duty, or none that wants it: the district’s channel, and if that is shut the pool’s; then no more', async () => {
    await bind(city, 'jarva', house.fake.serviceUrl);
    await bind(city, 'staden', house.fake.serviceUrl, '19:staden@thread.tacv2');
    await install('bo');
    house.fake.calls.length = 0;
    queued.push(await alertTo({ workerId: await workerId(city, 'alva') }, await addWaiting(city)));
    house.fake.fail({ status: 403 }, { status: 403 });
    await work();
    expect(house.fake.calls.map(({ body }) => Object(body['channelData']).channel.id)).toEqual([
      '19:jarva@thread.tacv2',
      '19:staden@thread.tacv2',
    ]);
    expect(queued).toHaveLength(3);
    expect((await alerts()).every(({ state }) => state === 'failed')).toBe(true);
    expect(await staffOf('alva')).toMatchObject({ alertHealth: 'missing' });
  });

  test.each(['hang', 'reset', { status: 500 }] as const)(
    'whose end is not known (%j) is not sent again to the same person; the next one is told',
    async (fault) => {
      await onDuty('bo');
      queued.push(await alertTo({ workerId: await onDuty('alva') }, await addWaiting(city)));
      house.fake.fail(fault);
      await work();
      expect(house.fake.calls.map(({ path }) => path.split('/')[3])).toEqual(['a:alva', 'a:bo']);
      expect((await alerts()).map(({ state }) => state).sort()).toEqual(['sent', 'unknown']);
    },
  );

  test('a run that died on the way takes the next route', async () => {
    await onDuty('bo');
    const id = await alertTo({ workerId: await onDuty('alva') }, await addWaiting(city));
    await city.db.update(alert).set({ state: 'unknown', error: 'sending' });
    queued.push(id);
    await work();
    expect(house.fake.calls.map(({ path }) => path.split('/')[3])).toEqual(['a:bo']);
  });

  test('Teams is away: tried again for 20 s, then the next route, within a minute in all (F32)', async () => {
    await onDuty('bo');
    const id = await alertTo({ workerId: await onDuty('alva') }, await addWaiting(city));
    house.fake.fail({ status: 503 }, { status: 429, retryAfter: '2' }, { status: 503 });
    await expect(send(id, false)).rejects.toMatchObject({ kind: 'later' });
    expect(await send(id, false)).toBe(2_200);
    cards.pass(20_000);
    expect(await send(id, false)).toBeNull();
    expect(queued).toHaveLength(1);
    expect((await alerts()).map(({ state }) => state).sort()).toEqual(['due', 'failed']);
    house.fake.fail({ status: 429, retryAfter: '60' });
    await send(queued[0] ?? '', false);
    expect((await alerts()).map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  test('calm cases are not for those who chose red only', async () => {
    await onDuty('bo');
    await city.db.update(worker).set({ alerts: 'red' }).where(eq(worker.objectId, 'bo'));
    queued.push(
      await alertTo({ workerId: await workerId(city, 'alva') }, await addWaiting(city, { risk: 'elevated' })),
    );
    await work();
    expect(house.fake.calls).toHaveLength(0);
    queued.push(await alertTo({ workerId: await workerId(city, 'alva') }, await addWaiting(city, { risk: 'urgent' })));
    await work();
    expect(house.fake.calls).toHaveLength(1);
  });
});
