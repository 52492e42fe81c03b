import { setTimeout as sleep } from 'node:timers/promises';
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

test('no second of the vendor holds more than the rate, however late timers ring and answers come', async () => {
  const pace = createPace(database.db, 'c', 4);
  const arrived: number[] = [];
  const all = Array.from({ length: 10 }, (_, n) =>
    pace.within(async () => {
      await sleep(n % 3 === 0 ? 120 : 5);
      arrived.push(performance.now());
    }),
  );
  for (const until = performance.now() + 300; performance.now() < until; ) {}
  await Promise.all(all);
  const overfull = arrived.filter((ms, i) => i >= 4 && ms - (arrived[i - 4] ?? 0) < 1_000);
  expect(arrived).toHaveLength(10);
  expect(overfull).toEqual([]);
});

test('after "too many" nobody gets a turn for a while', async () => {
  const pace = createPace(database.db, 'd', 100);
  await pace.turn();
  await pace.holdOff(400);
  const from = performance.now();
  await pace.turn();
  expect(performance.now() - from).toBeGreaterThanOrEqual(350);
});
