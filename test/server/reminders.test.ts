import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reminder } from '../../db/schema/desk.ts';
import type { Claimed, Reminder } from '../../src/inbox/wire.ts';
import { sweepReminders } from '../../src/server/jobs/sweep-reminders.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { heldBy, type Staff, worker } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';

const HOUR = 3_600_000;

describe.each(databases)('what was promised, on %s', (kind) => {
  let house: TestHouse;
  let jarva: Staff;
  let farsta: Staff;
  beforeAll(async () => {
    house = await startHouse(kind);
    jarva = await worker(house, 'jarva-1');
    farsta = await worker(house, 'farsta-1');
  });
  afterAll(() => house.stop());

  const held = () => heldBy(house, jarva, 'jag vill prata med en människa', 'Rinkeby');
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
  const promise = (who: Staff, id: string, body: object) =>
    who.post<{ reminder: Reminder; reason?: string }>(id, 'reminders', body);
  const sweepAt = (ms: number) =>
    sweepReminders({ db: house.deps.webchat.db, hub: house.deps.webchat.hub }, new Date(Date.now() + ms));

  test('a promise is sealed, goes with the conversation to the next holder, and is done when somebody says so', async () => {
    const { id, claim } = await held();
    const dueAt = inHours(2);
    const made = await promise(jarva, id, { claim, seq: 3, dueAt, text: 'Vi hör av oss före tio.' });
    expect(made).toMatchObject({ status: 201, body: { reminder: { dueAt, seq: 3, worker: 'Järva 1' } } });
    const twice = await promise(jarva, id, { claim, seq: 3, dueAt, text: 'Vi hör av oss före tio.' });
    expect(twice.body.reminder.id).toBe(made.body.reminder.id);
    const [row] = await house.deps.webchat.db.select().from(reminder).where(eq(reminder.conversationId, id));
    expect(row?.body.toString('latin1')).not.toContain('tio');

    await jarva.post(id, 'transfer', { claim, district: 'farsta' });
    expect((await farsta.post<Claimed>(id, 'accept')).status).toBe(200);
    expect((await farsta.open(id)).body.handover.promised).toMatchObject([{ text: 'Vi hör av oss före tio.' }]);
    const done = { reminder: made.body.reminder.id };
    expect((await jarva.post(id, 'reminder-done', done)).status).toBe(404);
    expect((await farsta.post(id, 'reminder-done', done)).body).toEqual({ promised: [] });
    expect((await farsta.post(id, 'reminder-done', done)).status).toBe(404);
  });

  test('when it falls due it is an event, a mark in the list and one unread, once; a day later an alarm', async () => {
    const { id, claim } = await held();
    await promise(jarva, id, { claim, dueAt: inHours(1), text: 'ring' });
    await jarva.open(id);
    const mine = async () => (await jarva.list('mine')).find((i) => i.id === id);
    expect(await mine()).toMatchObject({ unread: 0, reminded: null });
    const stream = await follow(house, jarva.headers);
    await until(async () => stream.text().includes('event: ready'));
    await sweepAt(0);
    expect(stream.text()).not.toContain('"kind":"reminder"');
    await Promise.all([sweepAt(HOUR + 1_000), sweepAt(HOUR + 1_000)]);
    await until(async () => stream.text().includes('"kind":"reminder"'));
    expect(stream.text().split('"kind":"reminder"')).toHaveLength(2);
    expect(await mine()).toMatchObject({ unread: 1, reminded: expect.any(String) });
    house.time.offsetMs = 2 * HOUR;
    await jarva.open(id);
    house.time.offsetMs = 0;
    expect(await mine()).toMatchObject({ unread: 0, reminded: expect.any(String) });
    await sweepAt(26 * HOUR);
    await until(async () => stream.text().includes('"kind":"alarm"'));
    stream.stop();
  });

  test('only the holder promises with a claim, anyone of the district without; never into the past or beyond a year', async () => {
    const { id, claim } = await held();
    for (const dueAt of [inHours(-1), inHours(24 * 400)])
      expect((await promise(jarva, id, { claim, dueAt, text: 'x' })).body.reason).toBe('bad-time');
    expect((await promise(jarva, id, { claim: 'clm_other', dueAt: inHours(1), text: 'x' })).status).toBe(409);
    expect((await promise(farsta, id, { dueAt: inHours(1), text: 'x' })).status).toBe(404);
    const second = await worker(house, 'jarva-2');
    expect((await promise(second, id, { dueAt: inHours(1), text: 'x' })).status).toBe(201);
  });
});
