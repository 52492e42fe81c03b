import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { decideField } from '../../db/protected.ts';
import { conversation } from '../../db/schema/conversation.ts';
import { protectedField } from '../../db/schema/protected.ts';
import { audit } from '../../db/schema/work.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';

const NUMBER = '070-174 06 21';

describe.each(databases)('a number or an address, on %s', (kind) => {
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

  const rows = (id: string) => database.db.select().from(protectedField).where(eq(protectedField.conversationId, id));

  test('is hidden, asked about once, kept on a yes, read by the holder alone, audited, and gone with the conversation', async () => {
    const person = await youngPerson(house);
    const asked = await person.says(`kan nån ringa mig på ${NUMBER}`);
    expect(asked).toContain('Får den som svarar här se det');
    expect(asked).not.toContain('I vilket område');
    expect(JSON.stringify(await person.activities())).not.toMatch(/174 ?06/);
    const [pending] = await rows(person.id);
    expect(pending).toMatchObject({ kind: 'phone', keptAt: null });
    expect(pending?.body.toString('latin1')).not.toMatch(/174 ?06/);

    expect(await person.says('ja')).toContain('Bara den som tar hand om samtalet');
    const [first, second] = [await worker(house, 'jarva-1'), await worker(house, 'coordinator-1')];
    const { body: unheld } = await first.open(person.id);
    expect(unheld.handover.field).toBeNull();
    const claim = await first.takes(person.id);
    const { body: held } = await first.open(person.id);
    expect(held.handover.field).toEqual({ kind: 'phone', kept: true });
    expect(JSON.stringify(held)).not.toMatch(/174 ?06/);
    expect((await second.post(person.id, 'protected', { claim })).status).toBe(409);
    expect((await first.post(person.id, 'protected', { claim })).body).toEqual({ kind: 'phone', value: NUMBER });
    const entries = await database.db.select().from(audit).where(eq(audit.conversationId, person.id));
    expect(entries.filter((entry) => entry.action === 'open-protected')).toHaveLength(1);

    await first.post(person.id, 'close', { claim, outcome: 'booked' });
    expect(await rows(person.id)).toEqual([]);
  });

  test('is destroyed on anything but a yes', async () => {
    const person = await youngPerson(house);
    await person.says(`ring mig, ${NUMBER}`);
    expect(await rows(person.id)).toHaveLength(1);
    expect(await person.says('nej')).toContain('Det är borttaget');
    expect(await rows(person.id)).toEqual([]);

    await person.says(`ring mig ${NUMBER}`);
    await person.says('vad har ni för öppettider?');
    expect(await rows(person.id)).toEqual([]);
  });

  test('an address is only put aside in an emergency, beside 112', async () => {
    const calm = await youngPerson(house);
    const told = await calm.says('jag bor på Storgatan 12, vilken stadsdel är det');
    expect(told).toContain('Jag har dolt det du skrev');
    expect(await rows(calm.id)).toEqual([]);
    expect(await calm.says('Storgatan 12 alltså')).not.toContain('Jag har dolt');

    const grave = await youngPerson(house);
    const said = await grave.says('han slår mamma nu, vi är på Storgatan 12');
    expect(said.indexOf('112')).toBeLessThan(said.indexOf('se det'));
    await grave.says('ja');
    expect(await rows(grave.id)).toMatchObject([{ kind: 'address', keptAt: expect.any(Date) }]);
  });

  test('a yes does not keep a number that came after the question', async () => {
    const person = await youngPerson(house);
    await person.says(`ring mig ${NUMBER}`);
    const [asked] = await rows(person.id);
    const offeredAt = asked?.createdAt ?? new Date(0);
    const later = new Date(offeredAt.getTime() + 1);
    await database.db
      .update(protectedField)
      .set({ createdAt: later })
      .where(eq(protectedField.conversationId, person.id));
    const decide = (at: Date) =>
      database.db.transaction((tx) => decideField(tx, person.id, { keep: true, offeredAt: at }, new Date()));
    await decide(offeredAt);
    expect(await rows(person.id)).toMatchObject([{ keptAt: null }]);
    await decide(later);
    expect(await rows(person.id)).toMatchObject([{ keptAt: expect.any(Date) }]);
  });

  test('given to the worker who holds the conversation, it waits for that worker to be told yes', async () => {
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    const holder = await worker(house, 'jarva-1');
    const claim = await holder.takes(person.id);
    await person.writes(`mitt nummer är ${NUMBER}`);
    expect((await holder.open(person.id)).body.handover.field).toEqual({ kind: 'phone', kept: false });
    expect((await holder.post(person.id, 'protected', { claim })).status).toBe(404);
    expect((await holder.post(person.id, 'keep-protected', { claim })).body).toMatchObject({ value: NUMBER });
    await database.db
      .update(conversation)
      .set({ owner: 'closed', workerId: null, claimToken: null, closedAt: new Date() })
      .where(eq(conversation.id, person.id));
    expect(await rows(person.id)).toEqual([]);
  });
});
