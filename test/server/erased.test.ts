import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { call, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

/** Words that nobody else writes. */
const CANARIES = ['snörvelkvast', 'grumsvarta', 'fjonkbrask'];
const CLIENT_ID = 'tst-canary-client-id';

describe.each(databases)('what is left of an erased chat, on %s', (kind) => {
  let house: TestHouse;
  let sql: postgres.Sql;
  beforeAll(async () => {
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
    sql = postgres({ ...house.connection, max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await sql.end();
    await house.stop();
  });

  test('no table, no file of the database and no log has its words, its language, its code or what kept them locked (G7, F42)', async () => {
    const person = await youngPerson(house);
    await person.says(`${CANARIES[0]} waxaan rabaa inaan ka baxo kooxda, waa la i hanjabay`);
    await person.says('Rinkeby');
    await person.says(`${CANARIES[1]} jag vill prata med en människa`);
    const channelData = { clientActivityID: CLIENT_ID, utvag: { language: 'so' } };
    await person.post({ type: 'message', text: `${CANARIES[2]} waan sugayaa`, from: { id: 'me' }, channelData });
    await until(
      async () => (await sql`select from conversation where thread_id = ${person.id} and language = 'so'`).length > 0,
    );
    const { body } = await person.event('returnCode');
    const code = String(Object(Object(body).activity).value).toLowerCase();
    expect(code).toMatch(/^[a-z]+ [a-z]+ [a-z]+ \d{5} \d{5}$/);
    const [before] =
      await sql`select language, wrapped_key as key, return_code_hash as hash from conversation where thread_id = ${person.id}`;
    const bodies =
      await sql`select body from message join conversation c on c.id = conversation_id where thread_id = ${person.id}`;
    expect([before?.['language'], before?.['hash'].length > 0, bodies.length > 4]).toEqual(['so', true, true]);
    const known = await everyRow(sql);
    for (const there of [CLIENT_ID, hexOf(before?.['key']), hexOf(before?.['hash'])]) expect(known).toContain(there);

    const erased = await call(
      `${house.url}/v3/directline/conversations/${person.id}`,
      'DELETE',
      undefined,
      person.headers,
    );
    expect(erased.status).toBe(204);

    const rows = await everyRow(sql);
    const locked = [before?.['key'], before?.['hash'], ...bodies.map((row) => row['body'])].map(hexOf);
    for (const gone of [...CANARIES, CLIENT_ID, code, code.replaceAll(' ', ''), ...locked])
      expect([gone, rows.includes(gone)]).toEqual([gone, false]);
    const [after] = await sql`select language, reasons, state from conversation where thread_id = ${person.id}`;
    expect(after).toEqual({ language: 'sv', reasons: [], state: {} });
    for (const canary of [...CANARIES, code]) expect(house.logs.join('\n').toLowerCase()).not.toContain(canary);
    await sql`checkpoint`;
    const [place] = await sql`show data_directory`;
    // The conversation's id is there: the scan can see.
    const found = await wordsInFiles(String(place?.['data_directory']), [person.id, ...CANARIES, code]);
    expect([...found]).toEqual([person.id]);
  });

  test('the token, the code and the worker’s view of it are empty, and the next word is a new conversation', async () => {
    const person = await youngPerson(house);
    await person.says(CANARIES[0] ?? '');
    const { body } = await person.event('returnCode');
    const code = String(Object(Object(body).activity).value);
    const one = `${house.url}/v3/directline/conversations/${person.id}`;
    await call(one, 'DELETE', undefined, person.headers);
    const again = await call(`${house.url}/v3/directline/conversations/resume`, 'POST', { code });
    expect(again.status).toBe(404);
    for (const path of ['/activities', '/stored'])
      expect((await call(`${one}${path}`, 'GET', undefined, person.headers)).status).toBe(403);
    expect((await person.writes('hej', newId('tst'))).status).toBe(403);
    const coordinator = await worker(house, 'coordinator-1');
    const seen = JSON.stringify((await coordinator.open(person.id)).body);
    expect(seen).not.toContain(CANARIES[0]);
  });
});

const hexOf = (bytes: Buffer): string => Buffer.from(bytes).toString('hex');

/** Every row of every table of every schema, as text; bytes as hex. */
async function everyRow(sql: postgres.Sql): Promise<string> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`;
  const parts: string[] = [];
  for (const { schema, name } of tables)
    for (const { row } of await sql<{ row: string }[]>`select t::text as row from ${sql(schema)}.${sql(name)} t`)
      parts.push(row.toLowerCase());
  expect(parts.length).toBeGreaterThan(50);
  return parts.join('\n');
}

/** Which of the words stand as they are in a file below a folder. */
async function wordsInFiles(folder: string, words: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // A server's file may be gone since it was listed.
    const bytes = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    for (const word of words) if (bytes.includes(word)) found.add(word);
  }
  return found;
}
