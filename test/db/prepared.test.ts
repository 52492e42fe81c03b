import { desc, eq, gt } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { given, prepared, preparedFor } from '../../db/prepared.ts';
import { senderPace } from '../../db/schema/texting.ts';
import { createDatabase, databases } from '../support/postgres.ts';

const NOON = new Date('2026-11-22T12:00:00.000Z');
const LATER = new Date('2026-11-22T13:00:00.000Z');

const findPace = prepared((db) =>
  db
    .select()
    .from(senderPace)
    .where(gt(senderPace.nextAt, given('after', senderPace.nextAt)))
    .orderBy(desc(senderPace.nextAt)),
);
const addPace = preparedFor(senderPace, (db, row) => db.insert(senderPace).values(row));
const changePace = preparedFor(senderPace, (db, change) =>
  db
    .update(senderPace)
    .set(change)
    .where(eq(senderPace.sender, given('of', senderPace.sender)))
    .returning(),
);

describe.each(databases)('a query that is written once, on %s', (kind) => {
  let opened: Database;
  beforeAll(async () => {
    opened = openDatabase(await createDatabase(kind), { poolSize: 3 });
  });
  afterAll(() => opened.close());

  test('runs with each call’s own values, and its rows are typed as drizzle’s are', async () => {
    await addPace(opened.db, { sender: 'a', nextAt: NOON });
    await addPace(opened.db, { sender: 'b', nextAt: LATER });
    expect(await findPace(opened.db, { after: NOON })).toEqual([{ sender: 'b', nextAt: LATER }]);
    expect(await findPace(opened.db, { after: new Date(0) })).toHaveLength(2);
  });

  test('belongs to the transaction it is asked in, also beside another', async () => {
    const one = opened.db.transaction(async (tx) => {
      await addPace(tx, { sender: 'gone', nextAt: NOON });
      expect(await changePace(opened.db, { nextAt: LATER }, { of: 'gone' })).toEqual([]);
      expect(await changePace(tx, { nextAt: LATER }, { of: 'gone' })).toEqual([{ sender: 'gone', nextAt: LATER }]);
      throw new Error('rolled back');
    });
    await expect(one).rejects.toThrow('rolled back');
    expect(await changePace(opened.db, { nextAt: LATER }, { of: 'gone' })).toEqual([]);
  });

  test('refuses to run without a value', async () => {
    expect(() => findPace(opened.db, {})).toThrow('no value for after');
  });
});
