import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { conversation, message, phone } from '../../db/schema/conversation.ts';
import { createEraseOld } from '../../src/server/jobs/erase-old.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { relative, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';

describe.each(databases)('erasure by schedule, on %s', (kind) => {
  let house: TestHouse;
  let database: Database;
  beforeAll(async () => {
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
    database = openDatabase(house.connection, { poolSize: 1 });
  });
  afterAll(async () => {
    await database.close();
    await house.stop();
  });

  const erase = (at: string, keptDays: number | null) =>
    createEraseOld({ db: database.db, clock: () => new Date(at), keptDays, decision: 'dnr 1' })();
  const wordsOf = (id: string) => database.db.$count(message, eq(message.conversationId, id));
  const ended = async (outcome: string) => {
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    const jarva = await worker(house, 'jarva-1');
    const claim = await jarva.takes(person.id);
    await jarva.post(person.id, 'close', { claim, outcome });
    return person;
  };

  test('what is older than the decision allows loses its words, its key and its number; a case, a hold and what is open stay', async () => {
    const [done, kept, held] = [await ended('informed'), await ended('case'), await ended('informed')];
    await database.db.update(conversation).set({ legalHold: true }).where(eq(conversation.id, held.id));
    const open = await youngPerson(house);
    await open.says('hej');
    const mother = relative(house, '+46701740607');
    await mother.texts_and_gets('jag vill prata med en människa');
    const jarva = await worker(house, 'jarva-1');
    const [text] = (await jarva.list()).filter((item) => item.channel === 'sms');
    const claim = await jarva.takes(text?.id ?? '');
    await jarva.post(text?.id ?? '', 'close', { claim, outcome: 'informed' });

    expect(await erase('2026-12-23T10:00:00+01:00', 30)).toBe(0);
    expect(await erase('2027-01-01T10:00:00+01:00', null)).toBe(0);
    expect(await erase('2027-01-01T10:00:00+01:00', 30)).toBe(2);
    expect(await erase('2027-01-01T10:00:00+01:00', 30)).toBe(0);

    expect(await wordsOf(done.id)).toBe(0);
    const [row] = await database.db.select().from(conversation).where(eq(conversation.id, done.id));
    expect(row?.wrappedKey).toHaveLength(0);
    for (const id of [kept.id, held.id, open.id]) expect(await wordsOf(id)).toBeGreaterThan(0);
    expect(await database.db.$count(phone)).toBe(0);
  });

  test('the card before writing and the panel name the day; without a decision production erases nothing and says so', async () => {
    const page = await (await fetch(`${house.url}/chat`)).text();
    expect(page).toContain('30 dagar');
    expect(await (await fetch(`${house.url}/privacy`)).text()).toContain('raderas 30 dagar efter');
  });
});
