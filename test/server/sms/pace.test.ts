import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../db/client.ts';
import { createPace } from '../../../src/server/channels/sms/pace.ts';
import { createDatabase } from '../../support/postgres.ts';

let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  database = openDatabase(await createDatabase('embedded'));
});
afterAll(() => database.close());

test('two replicas together keep to one rate, and another sender has its own', async () => {
  const [one, two] = [createPace(database.db, 'a', 20), createPace(database.db, 'a', 20)];
  const other = createPace(database.db, 'b', 20);
  const began = performance.now();
  const turn = async (pace: typeof one) => {
    await pace.turn();
    return performance.now() - began;
  };
  const shared = await Promise.all([...Array(6).fill(one), ...Array(6).fill(two)].map(turn));
  expect(Math.max(...shared)).toBeGreaterThanOrEqual((11 * 1_000) / 20);
  const from = performance.now();
  await other.turn();
  expect(performance.now() - from).toBeLessThan(500);
});

test('one process sends apart however late its timers ring', async () => {
  const pace = createPace(database.db, 'c', 20);
  const at: number[] = [];
  const all = Array.from({ length: 6 }, async () => {
    await pace.apart();
    at.push(performance.now());
  });
  for (const until = performance.now() + 200; performance.now() < until; ) {}
  await Promise.all(all);
  const gaps = at.slice(1).map((ms, i) => ms - (at[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(49);
});

test('after "too many" nobody gets a turn for a while', async () => {
  const pace = createPace(database.db, 'd', 100);
  await pace.turn();
  await pace.holdOff(400);
  const from = performance.now();
  await pace.turn();
  expect(performance.now() - from).toBeGreaterThanOrEqual(350);
});
