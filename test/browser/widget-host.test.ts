import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soon, widgetStage } from './widget-stage.ts';

const PORT = 31_000 + (process.pid % 9_000);
const HOST = `http://localhost:${PORT}`;
const { chat, open } = widgetStage({ hosts: [HOST], through: HOST });
let host: Server;

/** It was there first: it holds what the loader makes, opens closed shadow roots, and hears every message and key of its window. */
const HOSTILE = `heard = []; made = []; roots = [];
  const create = document.createElement.bind(document);
  document.createElement = (name) => { const e = create(name); made.push(e); return e; };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function () { const r = attach.call(this, { mode: 'open' }); roots.push(r); return r; };
  addEventListener('message', (e) => heard.push(JSON.stringify(e.data)), true);
  for (const kind of ['keydown', 'input', 'click', 'submit']) addEventListener(kind, (e) => heard.push(e.key ?? e.type), true);`;

/** Everything such a script can then lay its hands on, what it tries to reach in the frame first. */
const SPY = `(async () => {
  const tried = [];
  const attempt = async (what) => { try { tried.push(String(await what())); } catch (error) { tried.push(error.name); } };
  const frame = made.find((e) => e.tagName === 'IFRAME');
  for (const window of [frame.contentWindow, frames[0], frames.length && self[0]].filter(Boolean)) {
    await attempt(() => window.document.body.innerText);
    await attempt(() => window.sessionStorage.getItem('chat'));
    await attempt(() => window.eval('document.body.innerText'));
    await attempt(() => window.fetch);
    for (const said of [{ chat: 'read' }, { chat: 'hide' }, 'history', { type: 'message' }]) window.postMessage(said, '*');
  }
  await attempt(() => frame.contentDocument);
  await attempt(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  await attempt(async () => JSON.stringify([await indexedDB.databases(), await caches.keys()]));
  await attempt(() => JSON.stringify(performance.getEntries()));
  await attempt(() => roots.map((r) => r.textContent).join() + document.documentElement.outerHTML);
  await attempt(() => fetch(frame.src).then((answer) => answer.text()));
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { tried, heard };
})()`;

beforeAll(() => {
  const page = `<!doctype html><html lang="sv"><title>Skolan</title><h1>Skolan</h1><script>${HOSTILE}
    before = Object.keys(window);</script><script src="${chat().publicUrl}/widget.js"></script>`;
  host = createServer((_asked, answer) => answer.setHeader('content-type', 'text/html').end(page)).listen(PORT);
});
afterAll(() => void host?.close());

test('a host page that tries everything learns no word, no token and no key that is pressed, and the chat asks nobody else for anything', async () => {
  const page = await open({ viewport: { width: 900, height: 760 }, locale: 'sv-SE' }, '/');
  const asked: string[] = [];
  let token = '';
  page.on('request', (request) => {
    asked.push(request.url());
    token = request.headers()['authorization']?.slice('Bearer '.length) || token;
  });
  // What the host hears is heard: a key that is pressed on its own page.
  await page.keyboard.press('q');
  await page.mouse.click(840, 720);
  await soon(() => expect(page.frames()).toHaveLength(2));
  const frame = page.frames()[1] ?? expect.fail('no frame');
  await frame.getByPlaceholder('Skriv här …').pressSequentially('hemligt xyzzy');
  await frame.getByRole('button', { name: 'Sänd' }).click();
  await frame.getByText('Skickat').waitFor();
  const [, conversation = ''] = asked.join(' ').match(/\/conversations\/([^/?\s]+)\/activities/) ?? [];
  expect(token.length * conversation.length).toBeGreaterThan(100);
  await chat().say(conversation, { text: 'svar plugh' });
  await frame.getByText('svar plugh').first().waitFor();
  const askedByChat = [...asked];

  const { tried, heard } = await page.evaluate<{ tried: string[]; heard: string[] }>(SPY);
  const learned = [...tried, ...heard].join('\n');
  for (const secret of ['xyzzy', 'plugh', token, conversation]) expect(learned).not.toContain(secret);
  expect(tried.slice(0, 5)).toEqual(['SecurityError', 'SecurityError', 'SecurityError', 'SecurityError', 'null']);
  // Its own key and the press on its button; of the chat no key, no input, no press, and no message to it or in answer to its own.
  expect(heard).toEqual(['q', 'click']);
  expect(await frame.getByText('svar plugh').first().count()).toBe(1);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate('Object.keys(window).filter((k) => !before.includes(k))')).toEqual(['before']);
  expect([...new Set(askedByChat.map((url) => new URL(url).origin))]).toEqual([chat().publicUrl]);
  // The app with the page; then a token, the code that listens, the stream's address, the message: nothing that was not needed.
  const own = askedByChat.map((url) => new URL(url).pathname);
  expect(own.filter((path) => path === '/chat')).toHaveLength(1);
  expect(own.every((path) => /^\/(chat(\/link-\w+\.js)?|v3\/directline\/.*)$/.test(path))).toBe(true);
});
