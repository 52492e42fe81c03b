import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sharedSecret } from '../../db/secrets.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { call, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { ask, expectProblem, probe } from './probe.ts';
import { chunkedBody, head, rawHttp } from './raw-http.ts';

const MB_10 = 10 * 1024 * 1024;
const LONE = String.fromCharCode(0xd800);

describe.each(databases)('bad input of visitors, on %s', (kind) => {
  let house: TestHouse;
  let check: ReturnType<typeof probe>;
  let person: Awaited<ReturnType<typeof youngPerson>>;
  let activities: string;
  beforeAll(async () => {
    house = await startHouse(kind);
    check = probe(house);
    person = await youngPerson(house);
    await person.says('hej');
    activities = `${house.url}/v3/directline/conversations/${person.id}/activities`;
  });
  afterAll(async () => {
    await check.stillWorks();
    expect(check.surprises()).toEqual([]);
    await house.stop();
  });

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = person.headers) =>
    ask(activities, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const message = (text: string) => JSON.stringify({ type: 'message', text });

  test.each([
    ['a cut-off object', '{"type":"message"'],
    ['something after the object', '{"type":"message","text":"a"}}'],
    ['no JSON at all', 'hej'],
    ['a NUL', '\0'],
    ['a byte order of another world', '\ufeff\ufeff{}'],
    ['nothing', ''],
    ['an array', '[]'],
    ['an array in 30,000 arrays', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['30,000 arrays without end', '['.repeat(30_000)],
    ['null', 'null'],
    ['a number', '5'],
    ['a string', '"message"'],
    ['a number for a type', '{"type":5}'],
    ['a number for a text', '{"type":"message","text":5}'],
    ['an object for a text', '{"type":"message","text":{"toString":"x"}}'],
    ['an array for a text', '{"type":"message","text":["a"]}'],
    ['null for a text', '{"type":"message","text":null}'],
    ['a message without text', '{"type":"message"}'],
    ['a message of blanks', message(' \n\t ')],
    ['a message of NULs, of which nothing would be left', message('\0 \0')],
    ['channel data of the wrong type', '{"type":"message","text":"a","channelData":5}'],
    [
      'a client id of 101 characters',
      JSON.stringify({ type: 'message', text: 'a', channelData: { clientActivityID: 'x'.repeat(101) } }),
    ],
    [
      'a client id with a NUL',
      JSON.stringify({ type: 'message', text: 'a', channelData: { clientActivityID: 'a\0' } }),
    ],
    [
      'a language that is none',
      '{"type":"message","text":"a","channelData":{"utvag":{"language":"sv\'; drop table message"}}}',
    ],
    ['a language event with an object', '{"type":"event","name":"language","value":{"a":1}}'],
    ['a polluted prototype', '{"__proto__":{"type":"message","text":"a"}}'],
  ])('%s is 400 and stores nothing', async (_, body) => {
    await check.storesNothing(async () => expectProblem(await post(body), 400));
  });

  test('10,001 and 20,000 characters are 413, whatever they are made of; 10,000 are heard', async () => {
    await check.storesNothing(async () => {
      for (const text of ['a'.repeat(10_001), '😀'.repeat(10_001), 'å'.repeat(20_000), '"'.repeat(20_000)])
        expectProblem(await post(message(text)), 413);
    });
    expect((await post(message('😀'.repeat(10_000)))).status).toBe(200);
  });

  test('10 MB are 413 with a length, in chunks and from a client that waits for its upload to end', async () => {
    const auth = { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' };
    const routes = [
      activities,
      `${house.url}/v3/directline/tokens/generate`,
      `${house.url}/v3/directline/conversations`,
    ];
    await check.storesNothing(async () => {
      for (const url of routes) {
        const path = new URL(url).pathname;
        expectProblem(await ask(url, { method: 'POST', headers: auth, body: 'a'.repeat(MB_10) }), 413);
        const lengthy = head('POST', path, { ...auth, 'content-length': String(MB_10) });
        const whole = await rawHttp(house.url, lengthy, Buffer.alloc(MB_10, 'a'));
        expect([whole.status, whole.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
        const chunked = head('POST', path, { ...auth, 'transfer-encoding': 'chunked' });
        const pieces = await rawHttp(house.url, chunked, ...chunkedBody(MB_10));
        expect([pieces.status, pieces.headers.get('content-type')]).toEqual([413, 'application/problem+json']);
      }
    });
  });

  test('no text of 10,000 characters holds up the others, however it is made to try every path of a pattern', async () => {
    const other = await youngPerson(house);
    const parts = [
      'a',
      '1',
      '1 ',
      '1-',
      'a.',
      'a@a.',
      '+4',
      'Aa ',
      'heter Aa ',
      'jag heter ',
      'mvh Aa ',
      'Storgatan ',
      'ا',
      '😀',
      'inte ',
    ];
    for (const part of parts) {
      const text = part.repeat(Math.ceil(10_000 / part.length)).slice(0, 9_999);
      const began = performance.now();
      expect((await other.writes(text)).status).toBe(200);
      expect([part, performance.now() - began < 5_000]).toEqual([part, true]);
    }
  });

  test('lone surrogates and NULs in a message are stored as text that everybody can read', async () => {
    const other = await youngPerson(house);
    await other.says(`a${LONE}b\0c`);
    const [first] = await other.sees();
    expect(first?.text).toBe('a\ufffdbc');
  });

  test('what is wrong with the address is 400 or 404, never a look inside', async () => {
    const base = `${house.url}/v3/directline/conversations`;
    const stranger = await youngPerson(house);
    await check.storesNothing(async () => {
      const ids = [stranger.id, 'cnv_x', '%00', '%ff', '%', '..%2f..', "1'%20or%201=1", 'a'.repeat(4_000), '__proto__'];
      for (const id of ids)
        for (const path of [`${base}/${id}`, `${base}/${id}/activities`])
          expectProblem(await ask(path, { headers: person.headers }), 404);
      for (const watermark of ['x', '-1.0.0', '1.1', '9999999999.1.1', '%00', "1.1.1'"])
        for (const path of [`${activities}?watermark=${watermark}`, `${base}/${person.id}?watermark=${watermark}`])
          expectProblem(await ask(path, { headers: person.headers }), 400);
    });
  });

  test('tokens that are forged, foreign, unsigned or meant for another door are 401; one that has run out is 403', async () => {
    const { db, vault } = house.deps.webchat;
    const secret = await sharedSecret(db, vault, 'tokens');
    const claims = { conversation: person.id, user: 'dl_me', epoch: 0 };
    const signed = (audience: string | null, key: Uint8Array, more: object = {}, life = '5m') => {
      const jwt = new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(life);
      return (audience ? jwt.setAudience(audience) : jwt).sign(key);
    };
    const unsigned = [{ alg: 'none' }, { ...claims, aud: 'visitor', exp: 9_999_999_999 }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const { headers } = await worker(house, 'jarva-1');
    const bad = [
      '',
      'garbage',
      'a.b.c',
      `${person.token}x`,
      `${unsigned}.`,
      await signed('visitor', new Uint8Array(32)),
      await signed('stream', secret),
      await signed(null, secret),
      await signed('visitor', secret, { conversation: 'x' }),
      await signed('visitor', secret, { epoch: 'zero' }),
      headers.authorization.slice('Bearer '.length),
    ];
    await check.storesNothing(async () => {
      for (const token of bad) expectProblem(await post(message('a'), { authorization: `Bearer ${token}` }), 401);
      expectProblem(await post(message('a'), {}), 401);
      expectProblem(await post(message('a'), { authorization: `Basic ${person.token}` }), 401);
      const ended = await signed('visitor', secret, {}, '-1m');
      expectProblem(await post(message('a'), { authorization: `Bearer ${ended}` }), 403);
      const otherEpoch = await signed('visitor', secret, { epoch: 7 });
      expectProblem(await post(message('a'), { authorization: `Bearer ${otherEpoch}` }), 403);
    });
    expect((await post(message('a'), { authorization: `Bearer ${await signed('visitor', secret)}` })).status).toBe(200);
  });

  test('a stream without a ticket of its own is refused, and a rude one ends alone', async () => {
    const { body } = await call<{ streamUrl: string }>(
      `${house.url}/v3/directline/conversations/${person.id}`,
      'GET',
      undefined,
      person.headers,
    );
    const stranger = await youngPerson(house);
    const foreign = body.streamUrl.replace(person.id, stranger.id);
    const forged = body.streamUrl.replace(/t=.*/, `t=${person.token}`);
    for (const url of [body.streamUrl.replace(/t=.*/, ''), forged, foreign])
      expect(await outcome(url, null), url).toMatch(/^refused 4\d\d$/);
    const { body: fresh } = await call<{ streamUrl: string }>(
      `${house.url}/v3/directline/conversations/${person.id}`,
      'GET',
      undefined,
      person.headers,
    );
    expect(await outcome(fresh.streamUrl, 'x'.repeat(100_000))).toBe('closed 1009');
    expect(await outcome(fresh.streamUrl, null)).toBe('refused 403');
  });

  test('requests that no client would send are refused at the door', async () => {
    await check.storesNothing(async () => {
      const paths = [
        '/nothing',
        '/v3/directline',
        '//evil.example/x',
        '/%',
        '/%ff',
        '/.env',
        '/db/vault.ts',
        '/inbox/assets/',
      ];
      for (const path of paths) {
        const answer = await rawHttp(house.url, head('GET', path));
        expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
          path,
          404,
          'application/problem+json',
        ]);
      }
      for (const name of [
        '../index.html',
        '..%2f..%2f..%2fpackage.json',
        '..%2f..%2f..%2fsrc%2fserver%2fchannels%2fsms%2fphone%2fpage.js',
        '%2e%2e/%2e%2e/db/vault.ts',
        '..%5c..%5cx.js',
        'x.js%00.css',
        '%00.js',
        `${'a'.repeat(5_000)}.js`,
      ]) {
        const answer = await rawHttp(house.url, head('GET', `/inbox/assets/${name}`));
        expect([name, answer.status]).toEqual([name, 404]);
        expect(answer.body).not.toMatch(/utvag"|createVault/);
      }
      for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'])
        expect([method, (await rawHttp(house.url, head(method, '/v3/directline/tokens/generate'))).status]).toEqual([
          method,
          404,
        ]);
      const refused: [string, number][] = [
        [head('HOAX', '/'), 400],
        [head('GET', '/', { 'x-big': 'a'.repeat(100_000) }), 431],
        [head('GET', `/${'a'.repeat(100_000)}`), 431],
        [head('GET', '/', { host: 'a b' }), 400],
        [head('GET', '/healthz', { 'x-a': 'a\0b' }), 400],
        [
          `${head('POST', '/v3/directline/tokens/generate', { 'content-length': '5', 'transfer-encoding': 'chunked' })}0\r\n\r\n`,
          400,
        ],
        [head('POST', '/v3/directline/tokens/generate', { 'content-length': 'abc' }), 400],
      ];
      for (const [request, status] of refused)
        expect([request.slice(0, 60), (await rawHttp(house.url, request)).status]).toEqual([
          request.slice(0, 60),
          status,
        ]);
    });
  });

  test('nothing that was sent comes back as a header', async () => {
    const inject = '%0d%0aset-cookie:%20a=b%0d%0ax-evil:%201';
    for (const path of [
      `/chat?lang=sv${inject}`,
      `/inbox/assets/a${inject}.js`,
      `/v3/directline/conversations/a${inject}`,
    ]) {
      const answer = await rawHttp(
        house.url,
        head('GET', path, { origin: `https://evil.example${inject}`, 'accept-language': `sv${inject}` }),
      );
      expect([...answer.headers.keys()]).not.toContain('x-evil');
      expect([...answer.headers.keys()]).not.toContain('set-cookie');
      expect([...answer.headers.values()].join()).not.toContain('evil');
    }
  });
});

/** How a WebSocket ends: refused with a status, or closed with a code after what was sent. */
function outcome(url: string, send: string | null): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.on('unexpected-response', (_, response) => {
      resolve(`refused ${response.statusCode}`);
      socket.terminate();
    });
    socket.on('error', () => {});
    socket.on('open', () => send && socket.send(send));
    socket.on('close', (code) => resolve(`closed ${code}`));
  });
}
