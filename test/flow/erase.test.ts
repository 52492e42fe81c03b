import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { call, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';

describe.each(databases)('on %s', (kind) => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
  });
  afterAll(() => house.stop());

  test('a young person erases the chat: no word is left, the worker sees that it is gone and nothing breaks (G7)', async () => {
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa om något hemligt');
    const gone = await call(
      `${house.url}/v3/directline/conversations/${person.id}`,
      'DELETE',
      undefined,
      person.headers,
    );
    expect(gone.status).toBeLessThan(300);
    const jarva = await worker(house, 'jarva-1');
    const { status, body } = await jarva.open(person.id);
    expect(status).toBe(200);
    expect(body.messages).toEqual([]);
    expect((await jarva.list()).map((i) => i.id)).not.toContain(person.id);
    expect((await person.writes('hallå')).status).toBe(403);
  });

  test('what a worker holds is not erased behind their back', async () => {
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    const jarva = await worker(house, 'jarva-1');
    await jarva.takes(person.id);
    const refused = await call(
      `${house.url}/v3/directline/conversations/${person.id}`,
      'DELETE',
      undefined,
      person.headers,
    );
    expect(refused.status).toBe(409);
    expect((await jarva.open(person.id)).body.messages[0]?.text).toContain('människa');
  });
});
