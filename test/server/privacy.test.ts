import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startHouse, type TestHouse } from '../support/house.ts';
import { call, relative, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';

/** What people write about themselves. Valid and made-up; numbers reserved for fiction or of no subscriber. */
const PERSONAL = [
  '19900115-2385',
  '900115-2385',
  '199001152385',
  '070-174 06 05',
  '0701740605',
  '+46 8 463 90 00',
  'kvast.fening@example.se',
];
/** Fragments that would betray a half-masked number. */
const FRAGMENTS = [
  '0115-2385',
  '0701740605',
  '701740605',
  '1740605',
  '4639000',
  '463 90',
  'kvast.fening',
  'example.se',
];
const WORD = 'snörvelkvast';
const NOTE_WORD = 'grumsvarta';
const REPLY_WORD = 'brasklapp';
const MOTHER = '+46701740612';
const HEADERS = {
  'x-forwarded-for': '203.0.113.77',
  'x-real-ip': '203.0.113.77',
  forwarded: 'for=203.0.113.77',
  'user-agent': 'canary-agent',
  referer: 'https://canary.example/x',
  'accept-language': 'sv-canary',
  cookie: 'canary-cookie=1',
};
const HEADER_CANARIES = ['203.0.113.77', 'canary-agent', 'canary.example', 'sv-canary', 'canary-cookie'];
const LOG_KEYS = new Set(
  'level time event id method route status ms error code at kind provider attempt delivery outcome line type'.split(
    ' ',
  ),
);

describe.each(databases)('what is kept of people, on %s', (kind) => {
  let house: TestHouse;
  let sql: postgres.Sql;
  let threadId: string;
  let dumped: string;
  beforeAll(async () => {
    house = await startHouse(kind);
    sql = postgres({ ...house.connection, max: 1, onnotice: () => {} });
    threadId = await live(house);
    dumped = await dump(sql);
  });
  afterAll(async () => {
    await sql.end();
    await house.stop();
  });

  test('the dump is one: it has the tables, the conversations and their ciphertext', () => {
    for (const known of [threadId, 'pgboss.job', 'public.message', 'public.phone', 'rinkeby', 'jarva-1'])
      expect(dumped).toContain(known);
    expect(dumped.length).toBeGreaterThan(30_000);
  });

  test.each([...PERSONAL, ...FRAGMENTS])('%s is in no column of any table and in no log', (personal) => {
    const plain = personal.toLowerCase();
    expect(dumped.includes(plain)).toBe(false);
    expect(house.logs.join('\n').toLowerCase().includes(plain)).toBe(false);
  });

  test('an address, an agent, a referrer or a cookie is nowhere (G2)', () => {
    for (const canary of [...HEADER_CANARIES, '127.0.0.1']) {
      expect([canary, dumped.replaceAll(/"host": ?"[^"]*"/g, '').includes(canary)]).toEqual([canary, false]);
      expect([canary, house.logs.join('\n').includes(canary)]).toEqual([canary, false]);
    }
  });

  test('no word of a visitor or of staff is anywhere in clear text, and no phone number', () => {
    for (const word of [WORD, NOTE_WORD, REPLY_WORD, MOTHER, MOTHER.slice(3)]) {
      expect([word, dumped.includes(word)]).toEqual([word, false]);
      expect([word, house.logs.join('\n').toLowerCase().includes(word)]).toEqual([word, false]);
    }
  });

  test('with the vault the words are there, masked', async () => {
    const texts = await opened(house, sql, threadId);
    expect(texts.join('\n')).toContain(WORD);
    expect(texts.join('\n')).toContain('[personnummer]');
    expect(texts.join('\n')).toContain('[telefonnummer]');
    expect(texts.join('\n')).toContain('[e-post]');
    for (const personal of [...PERSONAL, ...FRAGMENTS]) expect(texts.join('\n')).not.toContain(personal);
  });

  test('two rows whose ciphertexts are swapped open no more, within a conversation and between two', async () => {
    const rows = await sql<{ id: string; seq: number; body: Buffer; thread: string }[]>`
      select conversation_id as id, seq, body, thread_id as thread from message join conversation c on c.id = conversation_id order by 4, 2`;
    const [one, two] = rows.filter((r) => r.thread === threadId);
    const other = rows.find((r) => r.thread !== threadId);
    if (!one || !two || !other) throw new Error('too few messages');
    for (const [a, b] of [
      [one, two],
      [one, other],
    ] as const) {
      const put = (row: typeof a, body: Buffer) =>
        sql`update message set body = ${body} where conversation_id = ${row.id} and seq = ${row.seq}`;
      await put(a, b.body);
      await expect(opened(house, sql, threadId)).rejects.toThrow();
      await put(a, a.body);
      await expect(opened(house, sql, threadId)).resolves.toBeDefined();
    }
  });

  test('every log line is JSON with known keys, none holds an address with an id, and each request has one line', async () => {
    for (const line of house.logs) {
      const facts: Record<string, unknown> = JSON.parse(line);
      expect(Object.keys(facts).filter((key) => !LOG_KEYS.has(key))).toEqual([]);
      const { line: _, time: __, ...codes } = facts;
      for (const value of Object.values(codes)) expect(String(value)).toMatch(/^[\w./:*-]{0,120}$/);
    }
    const lines = () => house.logs.map((line) => JSON.parse(line)).filter((facts) => facts.event === 'http');
    expect(JSON.stringify(lines())).not.toContain(threadId);
    expect(JSON.stringify(lines())).not.toMatch(/[?&]t=|eyJ/);
    const before = lines().length;
    await call(`${house.url}/nothing-${WORD}?q=${WORD}`, 'GET', undefined, HEADERS);
    await call(
      `${house.url}/v3/directline/conversations/${WORD}/activities?watermark=${WORD}`,
      'GET',
      undefined,
      HEADERS,
    );
    await call(`${house.url}/dev/sign-in`, 'POST', { worker: WORD }, HEADERS);
    await call(`${house.url}/v3/directline/tokens/generate`, 'POST', `{"${WORD}`, HEADERS);
    await until(() => lines().length >= before + 4);
    expect(lines().length).toBe(before + 4);
    expect(house.logs.join('\n').toLowerCase()).not.toContain(WORD);
    expect((await call<{ text: string }>(`${house.url}/metrics`, 'GET')).body.text).not.toContain(WORD);
  });

  test('what is erased is gone: no ciphertext and no key of it is left (G7, F42)', async () => {
    const person = await youngPerson(house);
    await person.says(WORD);
    const [kept] = await sql<{ body: Buffer; key: Buffer }[]>`
      select body, wrapped_key as key from message join conversation c on c.id = conversation_id where thread_id = ${person.id} and seq = 1`;
    expect(
      (await call(`${house.url}/v3/directline/conversations/${person.id}`, 'DELETE', undefined, person.headers)).status,
    ).toBe(204);
    const after = await dump(sql);
    expect(after).not.toContain(kept?.body.toString('hex') ?? '');
    expect(after).not.toContain(kept?.key.toString('hex') ?? '');
    expect((await person.writes('hej')).status).toBe(403);
  });
});

/** One web and one text conversation as they go: bot, worker, note, stream, close. @returns the web thread. */
async function live(house: TestHouse): Promise<string> {
  const base = `${house.url}/v3/directline`;
  const young = await youngPerson(house);
  const write = (text: string) =>
    call(
      `${base}/conversations/${young.id}/activities`,
      'POST',
      { type: 'message', text, locale: 'sv-canary', from: { id: 'canary-agent', name: 'canary-agent' } },
      { ...young.headers, ...HEADERS },
    );
  const { body } = await call<{ streamUrl: string }>(`${base}/conversations/${young.id}`, 'GET', undefined, {
    ...young.headers,
    ...HEADERS,
  });
  const socket = new WebSocket(body.streamUrl, { headers: HEADERS });
  await new Promise((resolve) => socket.once('open', resolve));
  for (const personal of PERSONAL) await write(`${WORD} jag nås på ${personal} tack`);
  await young.hears(/./);
  await young.says(`${WORD} jag vill prata med en människa`);
  await young.says('Rinkeby');
  const jarva = await worker(house, 'jarva-1');
  const stream = await follow(house, { ...jarva.headers, ...HEADERS }, '0.0');
  await jarva.sees(young.id);
  const claim = await jarva.takes(young.id);
  await jarva.notes(young.id, NOTE_WORD);
  await jarva.replies(young.id, claim, REPLY_WORD);
  await young.hears(REPLY_WORD);
  await jarva.open(young.id);
  await call(`${house.url}/chat`, 'GET', undefined, HEADERS);

  const mother = relative(house, MOTHER);
  await mother.texts_and_gets(`${WORD} min son ${PERSONAL[0]} nås på ${PERSONAL[3]}`);
  await mother.texting('error 30003');
  await mother.texts_and_gets('jag vill prata med en människa');
  await jarva.post(young.id, 'close', { claim, outcome: 'informed' });
  socket.close();
  stream.stop();
  await until(async () => (await jarva.list('closed')).some((i) => i.id === young.id));
  return young.id;
}

/** Every column of every table of every schema, in small letters: text as it is, bytes as hex and as whatever UTF-8 they make. */
async function dump(sql: postgres.Sql): Promise<string> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`;
  const parts: string[] = [];
  for (const { schema, name } of tables) {
    parts.push(`${schema}.${name}`);
    for (const row of await sql`select * from ${sql(schema)}.${sql(name)}`)
      for (const value of Object.values(row)) {
        const isBytes = value instanceof Uint8Array;
        parts.push(
          ...(isBytes
            ? [Buffer.from(value).toString('hex'), Buffer.from(value).toString('utf8')]
            : [typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]),
        );
      }
  }
  return parts.join('\n').toLowerCase();
}

async function opened(house: TestHouse, sql: postgres.Sql, threadId: string): Promise<string[]> {
  const { vault } = house.deps.webchat;
  const rows = await sql<{ id: string; seq: number; body: Buffer; key: Buffer; master: string }[]>`
    select c.id, seq, body, wrapped_key as key, master_key_id as master from message join conversation c on c.id = conversation_id
    where thread_id = ${threadId} order by seq`;
  return rows.map((r) =>
    vault.open(vault.unwrap({ wrappedKey: r.key, masterKeyId: r.master }), r.body, `${r.id}:${r.seq}`),
  );
}
