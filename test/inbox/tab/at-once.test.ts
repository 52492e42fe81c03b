import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createApi, Outdated } from '../../../src/inbox/tab/api.ts';
import { askAtOnce, fetchOnce } from '../../../src/inbox/tab/at-once.ts';
import type { Host } from '../../../src/inbox/tab/host.ts';
import { createMemory, type Memory } from '../../../src/inbox/tab/memory.ts';
import { createSession } from '../../../src/inbox/tab/session.ts';
import { firstPage, shownLast } from '../../../src/inbox/tab/shown.ts';
import { FORM, FORM_HEADER } from '../../../src/inbox/wire.ts';

const LIST = '/api/inbox/conversations?view=waiting&limit=50';
const PAGE = { items: [], next: null };
let asked: { path: string; token: string | null }[];
let accepted: Set<string>;

beforeEach(() => {
  asked = [];
  accepted = new Set(['Bearer one', 'Bearer two']);
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const token = new Headers(init.headers).get('authorization');
    asked.push({ path: input, token });
    if (input === '/dev/sign-in') return Response.json({ token: 'two' });
    if (!accepted.has(token ?? '')) return new Response('{}', { status: 401 });
    const answer = input.endsWith('/me') ? { id: 'wrk_1', districts: [] } : PAGE;
    return Response.json(answer, { headers: { [FORM_HEADER]: FORM } });
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A browser tab whose memory is this, and the API as the page opens it a moment later. */
function start(kept: Record<string, string>, search = '', framed = false) {
  const memory = createMemory();
  for (const [key, value] of Object.entries(kept)) memory.write(key, value);
  askAtOnce(windowWith(memory, search, framed));
  const session = createSession({ host, memory, fetch: fetchOnce, local: true });
  return { api: createApi({ session, fetch: fetchOnce }), memory };
}

const host: Host = {
  kind: 'browser',
  locale: 'sv',
  conversation: null,
  theme: () => 'light',
  onTheme: () => () => undefined,
  token: null,
  ready: () => undefined,
};

/** As much of a window as is looked at. */
function windowWith(memory: Memory, search: string, framed: boolean): Window {
  const window = { location: { search }, sessionStorage: storageOf(memory) };
  return Object.assign(window, { parent: framed ? {} : window }) as unknown as Window;
}

const storageOf = (memory: Memory) => ({
  getItem: memory.read,
  setItem: memory.write,
  removeItem: (key: string) => memory.write(key, null),
});
const paths = () => asked.map(({ path }) => path);

it('who reads and the first list are asked for once, before anything calls for them, and never again for the same call', async () => {
  const { api, memory } = start({ 'utvag.token': 'one', 'utvag.worker': 'jarva-1' });
  expect(paths()).toEqual(['/api/inbox/me', LIST]);
  const query = firstPage(shownLast(memory));
  expect(await Promise.all([api.me(), api.list(query)])).toEqual([{ id: 'wrk_1', districts: [] }, PAGE]);
  expect(asked).toHaveLength(2);
  await api.list(query);
  expect(paths().slice(2)).toEqual([LIST]);
});

it('the view and filters that were left, and a channel tab’s district, are what is asked for', async () => {
  const list = JSON.stringify({ view: 'mine', filters: { language: 'so' } });
  start({ 'utvag.token': 'one', 'utvag.list': list }, '?district=jarva');
  expect(paths()[1]).toBe('/api/inbox/conversations?view=mine&language=so&district=jarva&limit=50');
});

it('a token that is not accepted any more is exchanged, and the refused answer shows nothing', async () => {
  const { api, memory } = start({ 'utvag.token': 'old', 'utvag.worker': 'jarva-1' });
  expect(await api.list(firstPage(shownLast(memory)))).toEqual(PAGE);
  expect(asked.filter(({ path }) => path === LIST).map(({ token }) => token)).toEqual(['Bearer old', 'Bearer two']);
});

it('nothing is asked without a token, for another worker, or inside a frame; memory of another form is no harm', async () => {
  start({});
  start({ 'utvag.token': 'one', 'utvag.worker': 'jarva-1' }, '?worker=farsta-1');
  start({ 'utvag.token': 'one', 'utvag.worker': 'jarva-1' }, '', true);
  expect(asked).toEqual([]);
  const { api, memory } = start({ 'utvag.token': 'one', 'utvag.list': '{"view":7,"filters":"x"' });
  expect(await api.list(firstPage(shownLast(memory)))).toEqual(PAGE);
});

it('an answer of a service with other shapes is not taken for one', async () => {
  const { api } = start({ 'utvag.token': 'one' });
  await api.me();
  vi.stubGlobal('fetch', async () => Response.json(PAGE, { headers: { [FORM_HEADER]: 'another' } }));
  await expect(api.counts()).rejects.toBeInstanceOf(Outdated);
});
