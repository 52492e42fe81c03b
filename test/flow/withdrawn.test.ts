import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { withdrawnAnswer } from '../../db/schema/protected.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';

describe.each(databases)('on %s', (kind) => {
  let one: TestHouse;
  let two: TestHouse;
  beforeAll(async () => {
    one = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
    two = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00', connection: one.connection });
  });
  afterAll(async () => {
    await two.stop();
    await one.stop();
  });

  test('an answer that is taken back is not said by any replica from then on, and is said again when it is given back (A7)', async () => {
    const asks = async (house: TestHouse) => (await youngPerson(house)).says('vad kan man göra på fritiden?');
    const before = await asks(two);
    const { db, close } = openDatabase(one.connection, { poolSize: 1 });
    await db.insert(withdrawnAnswer).values({ id: 'leisure' });
    for (const house of [one, two]) expect(await asks(house)).not.toBe(before);
    await db.delete(withdrawnAnswer);
    await close();
    for (const house of [one, two]) expect(await asks(house)).toBe(before);
  });
});
