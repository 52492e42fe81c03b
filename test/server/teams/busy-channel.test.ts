import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { addWaiting, bind, CHANNEL, cardOf, cardsAt, change, openCity, startHouse, workerId } from './teams-house.ts';
import { startWindows } from './windows.ts';

let city: Database;
let house: Awaited<ReturnType<typeof startHouse>>;
beforeAll(async () => {
  city = await openCity();
  house = await startHouse(null);
  await bind(city, 'jarva', house.fake.serviceUrl);
});
afterAll(async () => {
  await house.fake.stop();
  await city.close();
});

test('200 events a minute in one channel: under Teams’ limits, at most one edit a card in 5 s, and none lost (F31)', async () => {
  const cards = cardsAt(city, house);
  const teams = startWindows(cards.clock);
  const edits = new Map<string, number[]>();
  let seen = 0;
  const count = () => {
    for (const { method, path } of house.fake.calls.slice(seen)) {
      teams.call(CHANNEL);
      if (method === 'PUT') edits.set(path, [...(edits.get(path) ?? []), cards.clock().getTime()]);
    }
    seen = house.fake.calls.length;
  };
  const ids: string[] = [];
  for (let n = 0; n < 20; n += 1) ids.push(await addWaiting(city, { risk: 'none' }));
  /** The job queue in small: when each conversation is to be looked at next. */
  const due = new Map<string, number>(ids.map((id) => [id, 0]));
  const look = async (id: string) => {
    const again = await cards.sync(id, false);
    count();
    if (again === null) due.delete(id);
    else due.set(id, cards.clock().getTime() + again);
  };
  const alva = await workerId(city, 'alva');
  const EVENT_MS = 300;
  for (let event = 0; event < 600; event += 1) {
    const id = ids[(event * 7) % ids.length] ?? '';
    await change(city, id, STEPS(alva)[Math.floor(event / ids.length) % 3] ?? {});
    due.set(id, 0);
    const before = cards.clock().getTime();
    for (const [each, at] of [...due]) if (at <= cards.clock().getTime()) await look(each);
    cards.pass(Math.max(0, before + EVENT_MS - cards.clock().getTime()));
  }
  const endsAt = cards.clock().getTime();
  while (due.size > 0) {
    for (const [each, at] of [...due]) if (at <= cards.clock().getTime()) await look(each);
    cards.pass(1_000);
  }
  const gaps = [...edits.values()].flatMap((times) => times.slice(1).map((at, i) => at - (times[i] ?? 0)));
  const lateS = (cards.clock().getTime() - endsAt) / 1_000;
  process.stdout.write(`600 events became ${seen} calls, ${teams.refused()} refused, true again after ${lateS} s\n`);
  expect(teams.refused()).toBe(0);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
  for (const id of ids) {
    expect((await cardOf(city, id))?.state.split(' ')[0]).toBe(await ownerOf(id));
  }
  expect(house.fake.calls.filter(({ method }) => method === 'POST').length).toBeGreaterThan(10);
}, 60_000);

const FREE = { workerId: null, claimToken: null };
const STEPS = (workerId: string) => [
  { owner: 'worker' as const, workerId, claimToken: 'clm' },
  { owner: 'bot' as const, ...FREE },
  { owner: 'waiting' as const, ...FREE },
];

async function ownerOf(id: string): Promise<string | undefined> {
  return (await city.db.select().from(conversation).where(eq(conversation.id, id)))[0]?.owner;
}
