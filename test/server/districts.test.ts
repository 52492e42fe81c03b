import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { worker as workerTable } from '../../db/schema/staff.ts';
import { audit } from '../../db/schema/work.ts';
import type { District, Duty } from '../../src/inbox/wire.ts';
import { createTimetable } from '../../src/server/hours/timetable.ts';
import { createLog } from '../../src/server/log.ts';
import { createNotifier } from '../../src/server/realtime/notifier.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { call, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

/** A Monday, 18:00 in Stockholm. */
const EVENING = '2026-11-23T17:00:00Z';
const hours = (from: string, to: string) => ({ week: { monday: [[from, to]] } });

describe.each(databases)('districts and duty, on %s', (kind) => {
  let house: TestHouse;
  let jarva: Awaited<ReturnType<typeof worker>>;
  let coordinator: Awaited<ReturnType<typeof worker>>;
  let admin: Awaited<ReturnType<typeof worker>>;
  beforeAll(async () => {
    house = await startHouse(kind, { at: EVENING });
    [jarva, coordinator, admin] = [
      await worker(house, 'jarva-1'),
      await worker(house, 'coordinator-1'),
      await worker(house, 'admin-1'),
    ];
  });
  afterAll(() => house.stop());

  const put = (who: { headers: Record<string, string> }, slug: string, body: object) =>
    call(`${house.url}/api/inbox/districts/${slug}`, 'PUT', body, who.headers);
  const seen = async (who: typeof jarva): Promise<District[]> =>
    (await who.get<{ items: District[] }>('/districts')).body.items;
  const state = async (who: typeof jarva, slug: string) => (await seen(who)).find((d) => d.slug === slug);

  test('staff see their own districts’ hours, who answers for the city sees all twelve', async () => {
    expect((await seen(jarva)).map((d) => d.slug).sort()).toEqual(['jarva', 'staden']);
    expect(await seen(coordinator)).toHaveLength(12);
    expect(await seen(admin)).toHaveLength(12);
    expect(await state(jarva, 'jarva')).toMatchObject({
      open: false,
      opensAt: '2026-11-24T07:00:00.000Z',
      pool: false,
      mine: false,
    });
  });

  test('hours are changed by an administrator or the district’s coordinator, nobody else; it counts at once and is audited', async () => {
    expect((await put(jarva, 'jarva', { hours: hours('08:00', '20:00') })).status).toBe(404);
    expect((await put(coordinator, 'jarva', { hours: hours('08:00', '20:00') })).status).toBe(404);
    expect((await put(admin, 'nowhere', { hours: null })).status).toBe(404);
    expect((await put(admin, 'jarva', { hours: { week: { monday: [['8', '20:00']] } } })).status).toBe(400);
    expect((await put(admin, 'jarva', { hours: hours('08:00', '20:00') })).status).toBe(200);
    await until(async () => (await state(jarva, 'jarva'))?.open === true);
    expect(await state(jarva, 'jarva')).toMatchObject({ open: true, until: '2026-11-23T19:00:00.000Z' });
    const [entry] = await house.deps.webchat.db
      .select()
      .from(audit)
      .where(eq(audit.action, 'hours'))
      .orderBy(desc(audit.id))
      .limit(1);
    expect(entry).toMatchObject({ actor: 'admin-1', detail: { district: 'jarva' } });
    const person = await youngPerson(house);
    expect(await person.says('jag bor i Rinkeby och vill prata med en människa')).toMatch(/Du är först i kön|före dig/);
    expect(await (await fetch(`${house.url}/about`)).text()).toMatch(/Järva: Människor svarar just nu/);
    expect((await put(admin, 'jarva', { hours: hours('08:00', '16:30') })).status).toBe(200);
    await until(async () => (await state(jarva, 'jarva'))?.open === false);
    const later = await youngPerson(house);
    expect(await later.says('jag bor i Rinkeby och vill prata med en människa')).toMatch(
      /Ingen människa svarar just nu/,
    );
  });

  test('the coordinator opens the city pool: every closed district’s evening is with it', async () => {
    expect((await put(coordinator, 'staden', { hours: hours('16:30', '22:00') })).status).toBe(200);
    await until(async () => (await state(jarva, 'jarva'))?.pool === true);
    const person = await youngPerson(house);
    expect(await person.says('jag bor i Farsta och vill prata med en människa')).toMatch(/Du är först i kön|före dig/);
    expect((await jarva.list()).find((item) => item.id === person.id)?.district).toBe('staden');
  });

  test('another process hears of it without asking the database in between', async () => {
    const hub = createNotifier(house.connection, createLog('silent'));
    await hub.start();
    const { db } = house.deps.webchat;
    const other = createTimetable({ db, hub, log: createLog('silent'), refreshMs: 3_600_000 });
    await other.start();
    expect(other.missing()).toEqual([]);
    expect((await put(admin, 'bromma', { hours: null })).status).toBe(200);
    await until(() => other.missing().includes('bromma'));
    expect((await state(admin, 'bromma'))?.hours).toBeNull();
    expect(await (await fetch(`${house.url}/metrics`)).text()).toMatch(/utvag_districts_without_hours 1/);
    other.stop();
    await hub.stop();
  });

  test('one goes on duty until a time, at most sixteen hours on, chooses alerts, and goes off again', async () => {
    const duty = async (body: object) =>
      (await call<Duty>(`${house.url}/api/inbox/me/duty`, 'POST', body, jarva.headers)).body;
    expect((await jarva.get<Duty>('/me/duty')).body).toEqual({ until: null, alerts: 'none' });
    const until_ = '2026-11-23T21:00:00.000Z';
    expect(await duty({ until: until_, alerts: 'red' })).toEqual({ until: until_, alerts: 'red' });
    expect((await jarva.get<Duty>('/me/duty')).body).toEqual({ until: until_, alerts: 'red' });
    const long = await duty({ until: '2030-01-01T00:00:00Z' });
    expect(Date.parse(long.until ?? '') - Date.parse(EVENING)).toBeLessThan(16.1 * 3_600_000);
    expect(await duty({ until: '2020-01-01T00:00:00Z' })).toEqual({ until: null, alerts: 'red' });
    expect(await duty({ until: null, alerts: 'none' })).toEqual({ until: null, alerts: 'none' });
    const bad = await call(`${house.url}/api/inbox/me/duty`, 'POST', { until: 'soon' }, jarva.headers);
    expect(bad.status).toBe(400);
    const [row] = await house.deps.webchat.db.select().from(workerTable).where(eq(workerTable.id, 'jarva-2'));
    expect(row).toMatchObject({ onDutyUntil: null, alerts: 'none' });
  });
});
