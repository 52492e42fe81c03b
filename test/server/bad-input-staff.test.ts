import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';
import { ask, expectProblem, probe } from './probe.ts';
import { chunkedBody, head, rawHttp } from './raw-http.ts';
import { bodyFor } from './well-formed.ts';

const MB_10 = 10 * 1024 * 1024;
const UNKNOWN = `cnv_${'0'.repeat(32)}`;
const SHAPES = [
  'cnv_x',
  `${UNKNOWN}0`,
  UNKNOWN.toUpperCase(),
  '%00',
  '%ff',
  "1'%20or%20'1'='1",
  'a'.repeat(4_000),
  '..%2fme',
];
const BODIES = ['{"claim"', 'hej', '\0', '[]', 'null', '5', '"a"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`];
const cursor = (text: string) => Buffer.from(text).toString('base64url');

describe.each(databases)('bad input of staff, on %s', (kind) => {
  let house: TestHouse;
  let check: ReturnType<typeof probe>;
  let jarva: Awaited<ReturnType<typeof worker>>;
  let held: string;
  let claim: string;
  beforeAll(async () => {
    house = await startHouse(kind);
    check = probe(house);
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    await person.says('Rinkeby');
    jarva = await worker(house, 'jarva-1');
    await jarva.sees(person.id);
    held = person.id;
    claim = await jarva.takes(held);
  });
  afterAll(async () => {
    await check.stillWorks();
    expect((await jarva.replies(held, claim, 'Hej.')).status).toBe(201);
    expect(check.surprises()).toEqual([]);
    await house.stop();
  });

  const routes = () => house.app.door.routes().filter((route) => route.access === 'staff');
  const at = (path: string, id: string) => house.url + path.replace(':id', id);
  const send = (method: string, url: string, body?: string | Uint8Array<ArrayBuffer>) =>
    ask(url, {
      method: method.toUpperCase(),
      headers: { ...jarva.headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    });

  test('every route with an id answers 404 to one that is unknown or no id, whatever the body', async () => {
    const withId = routes().filter((route) => route.path.includes(':id'));
    expect(withId.length).toBeGreaterThanOrEqual(19);
    await check.storesNothing(async () => {
      for (const { method, path } of withId)
        for (const id of [UNKNOWN, ...SHAPES]) {
          const body = method === 'post' ? JSON.stringify(bodyFor(path)) : undefined;
          // What only a supervisor may do is refused before anything is looked up.
          const supervises = /\/(take-over|hold)$/.test(path) && /^cnv_[0-9a-f]{32}$/.test(id);
          expectProblem(await send(method, at(path, id), body), supervises ? 403 : 404);
        }
    });
  });

  test('every route that takes a body answers 400 to what is not its shape and 413 to 10 MB', async () => {
    const posts = routes().filter((route) => route.method === 'post');
    expect(posts.length).toBeGreaterThanOrEqual(18);
    await check.storesNothing(async () => {
      for (const { path } of posts) {
        for (const body of BODIES) expectProblem(await send('post', at(path, held), body), 400);
        expectProblem(await send('post', at(path, held), 'a'.repeat(MB_10)), 413);
        const headers = { ...jarva.headers, 'transfer-encoding': 'chunked' };
        const request = head('POST', path.replace(':id', held), headers);
        expect((await rawHttp(house.url, request, ...chunkedBody(MB_10))).status).toBe(413);
      }
    });
  });

  test.each<[string, object]>([
    ['release', { claim: ['x'] }],
    ['release', {}],
    ['hand-back', { claim: '' }],
    ['close', { claim: 'x', outcome: 'vanished' }],
    ['transfer', { claim: 'x' }],
    ['transfer', { claim: 'x', district: 'Farsta; drop' }],
    ['transfer', { claim: 'x', worker: ['jarva-2'] }],
    ['decline', { reason: 'därför att' }],
    ['take-over', {}],
    ['glass', { reason: 'nyfiken' }],
    ['hold', { on: 'yes' }],
    ['reminders', { claim: 'x', dueAt: 'i morgon', text: 'x' }],
    ['reminders', { dueAt: '2026-12-01T09:00:00Z', text: 'x'.repeat(501) }],
    ['reminder-done', { reminder: 'a b' }],
    ['hand-back', { claim: 'x', text: ' ' }],
    ['claim', { version: 'one' }],
    ['claim', { version: 1.5 }],
    ['translate', { seq: 0, to: 'sv' }],
    ['translate', { seq: 1, to: 'svenska ord' }],
    ['translate', { text: ' ' }],
    ['reply', { claim: 'a', clientId: 'a', text: 'x', answer: '../x' }],
    ['reply', { claim: 'a', clientId: 'a', text: 'x', original: { text: 'x', language: '' } }],
    ['note', { clientId: 'a', text: '   ' }],
    ['note', { clientId: 'a', text: 'x'.repeat(4_001) }],
    ['note', { clientId: 'a'.repeat(81), text: 'x' }],
    ['note', { clientId: 'a\0', text: 'x' }],
    ['note', { text: 'x' }],
    ['reply', { claim: 'x', clientId: 'a\0', text: 'x' }],
    ['reply', { claim: 'x', clientId: 'a', text: { a: 1 } }],
    ['reply', { claim: 'x', clientId: 'a', text: 'x'.repeat(20_000) }],
  ])('%s refuses %j with 400', async (verb, body) => {
    const named = 'claim' in body && body.claim === 'x' ? { ...body, claim } : body;
    await check.storesNothing(async () =>
      expectProblem(await send('post', at(`/api/inbox/conversations/:id/${verb}`, held), JSON.stringify(named)), 400),
    );
  });

  test.each([
    'view=all',
    'view=waiting&view=closed&limit=x',
    'limit=0',
    'limit=101',
    'limit=1e9',
    'limit=-1',
    'limit=1.5',
    'district=%00',
    `district=${'a'.repeat(41)}`,
    `cursor=${'a'.repeat(201)}`,
    `cursor=${cursor('0|2026-01-01T00:00:00Z|\0')}`,
    `cursor=${cursor('99999999999|2026-01-01T00:00:00Z|a')}`,
    `cursor=${cursor('1e300|2026-01-01T00:00:00Z|a')}`,
    `cursor=${cursor('0|1|a')}`,
    `cursor=${cursor('0|Sun Jan 99999|a')}`,
  ])('the list refuses %s with 400', async (query) => {
    await check.storesNothing(async () =>
      expectProblem(await send('get', `${house.url}/api/inbox/conversations?${query}`), 400),
    );
  });

  test('a district of another spelling, or that is none, is an empty list', async () => {
    for (const district of ['nowhere', 'JARVA', "x' or 1=1", '{}']) {
      const answer = await send(
        'get',
        `${house.url}/api/inbox/conversations?view=team&district=${encodeURIComponent(district)}`,
      );
      expect(JSON.parse(answer.text)).toEqual({ items: [], next: null });
    }
  });

  test('a stream from a place that is none of ours begins now, and says so', async () => {
    for (const place of ['x', '-1.0', '99999999999999999999.1', "1.1'; drop", '1.1.1', '1e5.0']) {
      const stream = await follow(house, jarva.headers, place);
      await until(() => stream.text().includes('event: ready'));
      stream.stop();
    }
  });

  test('words of staff with lone surrogates and NULs are stored as text that can be read', async () => {
    const text = `a${String.fromCharCode(0xdfff)}b`;
    expect((await jarva.notes(held, text)).status).toBe(201);
    expect((await jarva.open(held)).body.notes.map((n) => n.text)).toContain('a\ufffdb');
  });
});
