import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bubbles, field, PHONE, picture, press, soon, threadOf, widgetStage } from './widget-stage.ts';

/** A host page that keeps hold of every element the loader makes. */
const SPY = `made = []; before = Object.keys(window).concat('before');
  create = document.createElement.bind(document);
  document.createElement = (name) => { const e = create(name); made.push(e); return e; };`;

const PORT = 40_000 + (process.pid % 20_000);
const HOST = `http://localhost:${PORT}`;
const SCHOOL = { viewport: { width: 900, height: 760 } };
const { chat, open, look } = widgetStage({ hosts: [HOST], place: async () => ({ ahead: 2, opensAt: null }) });
let hostPage: Server;

beforeAll(() => {
  const embed = `<!doctype html><html lang="sv"><title>Skolan</title><h1>Skolan</h1><script>${SPY}</script>
    <script src="${chat().publicUrl}/widget.js" data-language="sv"></script>`;
  hostPage = createServer((_req, res) => res.setHeader('content-type', 'text/html').end(embed)).listen(PORT);
});
afterAll(() => void hostPage?.close());

const SCROLL = `(() => { const e = document.querySelector('.scroll'); return e.scrollHeight - e.scrollTop - e.clientHeight; })()`;

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await press(page, 'Sänd');
}

/** Opens the chat on the host page. Its button stands in a closed shadow root, out of reach of selectors too. */
const launch = (page: Page) => page.mouse.click(840, 720);
async function writeAtSchool(page: Page) {
  await launch(page);
  await soon(async () => expect(page.frames()).toHaveLength(2));
  const frame = page.frames()[1] ?? page.mainFrame();
  await frame.getByPlaceholder('Skriv här …').fill('från skolan');
  await frame.getByRole('button', { name: 'Sänd' }).click();
  await frame.getByText('Skickat').waitFor();
  return frame;
}

test('on a 320 px phone: write, see the echo and the reply, choose, meet a worker, leave', async () => {
  const page = await open();
  expect(await page.title()).toBe('Chatt');
  await look(page, '1-start');
  expect(await page.getByText('Chattbot, inte en människa').count()).toBeGreaterThan(0);
  const choices = ['De säger att jag är skyldig pengar', 'Jag vill ut', 'Jag vill prata med en människa'];
  chat().heard.push((thread) => {
    chat().heard.length = 0;
    const text = 'Tack för att du skriver.\n\nÄr det fara just nu: ring 112. Är du under 18 kan du ringa Bris 116 111.';
    void chat().say(thread, { text, meta: { choices: choices.map((title) => ({ id: title, title })) } });
  });
  await write(page, 'hej, jag har fått ett uppdrag');
  await soon(async () => expect(await bubbles(page)).toHaveLength(3));
  expect(await page.locator('ol .bubble a').evaluateAll((links) => links.map((a) => a.getAttribute('href')))).toEqual([
    'tel:112',
    'tel:116111',
  ]);
  expect(await page.getByRole('log').locator('p').count()).toBe(1);
  await look(page, '2-reply');
  await press(page, 'Jag vill ut');
  await soon(async () => expect((await bubbles(page)).at(-1)).toBe('Jag vill ut'));
  expect(await page.locator('.choices').count()).toBe(0);

  const thread = await threadOf(page);
  await chat().say(thread, { text: 'Du står i kö.' }, { owner: 'waiting', waitingSince: new Date() });
  chat().hub.publish(`thread:${thread}`, { kind: 'changed' });
  await page.getByText('Du står i kö. 2 före dig.').waitFor();
  await look(page, '3-waiting');
  const sara = { author: 'worker' as const, meta: { workerName: 'Sara' } };
  await chat().db.execute(
    `insert into worker (id, tenant_id, object_id, name, role) values ('wrk_s', 't', 's', 'Sara', 'worker')`,
  );
  const held = { owner: 'worker' as const, workerId: 'wrk_s', claimToken: 'c' };
  await chat().say(thread, { ...sara, text: 'Hej, jag heter Sara och är människa. Hur har du det nu?' }, held);
  chat().hub.publish(`thread:${thread}`, { kind: 'changed' });
  await page.getByText('En människa svarar: Sara, socialsekreterare.').waitFor();
  chat().hub.publish(`thread:${thread}`, { kind: 'typing', from: 'staff' });
  await page.getByText('Sara skriver …').waitFor();
  await look(page, '4-worker');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);

  await press(page, 'Lämna sidan snabbt');
  await page.waitForURL('**/weather');
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await soon(async () => expect(chat().acted).toContain('leave'));
  await page.goBack().catch(() => null);
  expect(await page.content()).not.toContain('uppdrag');
});

test('what is written without a network stays, goes when it is back, and goes once', async () => {
  const page = await open();
  await write(page, 'ett');
  await page.getByText('Skickat').waitFor();
  await page.context().setOffline(true);
  await page.getByText('Ingen kontakt just nu').waitFor();
  await write(page, 'två');
  await write(page, 'tre');
  await page.getByText('Inte skickat.').first().waitFor();
  await look(page, '5-offline');
  const thread = await threadOf(page);
  await chat().say(thread, { text: 'medan du var borta' });
  await page.context().setOffline(false);
  await soon(async () => expect(await bubbles(page)).toEqual(['ett', 'medan du var borta', 'två', 'tre']), 2_500);
  await page.getByText('Skickat').waitFor();
  expect((await chat().head(thread))?.lastSeq).toBe(4);
});

test('a reload of the tab keeps the conversation, the draft and what was not sent; history is not announced', async () => {
  const page = await open();
  await write(page, 'kvar');
  await page.getByText('Skickat').waitFor();
  await chat().say(await threadOf(page), { text: 'svar' });
  await soon(async () => expect(await bubbles(page)).toEqual(['kvar', 'svar']));
  await page.context().setOffline(true);
  await write(page, 'osänt');
  await page.getByText('Inte skickat.').waitFor();
  await field(page).fill('halvskriv');
  await page.context().setOffline(false);
  await page.reload();
  await soon(async () => expect(await bubbles(page)).toEqual(['kvar', 'svar', 'osänt']));
  await soon(async () => expect(await page.getByText('Skickat').count()).toBe(1));
  expect(await field(page).inputValue()).toBe('halvskriv');
  expect(await page.getByRole('log').locator('p').count()).toBe(0);
  expect(await page.evaluate(() => location.href + document.cookie)).toBe(`${chat().publicUrl}/chat`);
});

test('when the server goes down for a moment the page is back by itself and has missed nothing', async () => {
  const page = await open();
  await write(page, 'ett');
  await page.getByText('Skickat').waitFor();
  const thread = await threadOf(page);
  for (let i = 0; i < 3; i++) {
    chat().streams.stop();
    await chat().say(thread, { text: `${i}` });
  }
  await soon(async () => expect(await bubbles(page)).toEqual(['ett', '0', '1', '2']), 2_500);
});

test('where WebSockets are blocked the answers come by polling', async () => {
  const page = await open(PHONE, 'about:blank');
  await page.routeWebSocket(/stream/, (ws) => ws.close());
  await page.goto(`${chat().publicUrl}/chat`);
  await write(page, 'hej');
  await page.getByText('Skickat').waitFor();
  await chat().say(await threadOf(page), { text: 'utan ström' });
  await soon(async () => expect(await bubbles(page)).toEqual(['hej', 'utan ström']), 10_000);
  await chat().say(await threadOf(page), { text: 'igen' });
  await soon(async () => expect(await bubbles(page)).toHaveLength(3), 10_000);
});

test('new messages stay in sight, unless one is reading further up', async () => {
  const page = await open();
  await write(page, 'hej');
  await page.getByText('Skickat').waitFor();
  const thread = await threadOf(page);
  const last = page.locator('ol li').last();
  for (let i = 0; i < 12; i++) await chat().say(thread, { text: `rad ${i}` });
  await page.getByText('rad 11', { exact: true }).first().waitFor();
  await soon(async () => expect(await last.isVisible()).toBe(true));
  expect(await page.evaluate(SCROLL)).toBeLessThan(2);
  await page.locator('.scroll').evaluate((log) => log.scrollTo(0, 0));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await chat().say(thread, { text: 'ny rad' });
  await soon(async () => expect(await bubbles(page)).toContain('ny rad'));
  expect(await page.evaluate(SCROLL)).toBeGreaterThan(200);
  await write(page, 'mitt svar');
  await soon(async () => expect(await page.evaluate(SCROLL)).toBeLessThan(2));
});

test('a message the server refuses says so and can be sent again', async () => {
  const page = await open();
  let refusals = 1;
  await page.route('**/activities', (route) =>
    refusals-- > 0 ? route.fulfill({ status: 413, body: '{}' }) : route.continue(),
  );
  await write(page, 'för mycket');
  await page.getByText('Inte skickat.').waitFor();
  await press(page, 'Försök igen');
  await page.getByText('Skickat').waitFor();
  expect(await bubbles(page)).toEqual(['för mycket']);
});

test('hide covers the page and keeps the chat; another language comes without a reload', async () => {
  const page = await open({ ...PHONE, colorScheme: 'dark' });
  await write(page, 'hej');
  await page.getByText('Skickat').waitFor();
  await press(page, 'Göm');
  await look(page, '6-hidden');
  expect(await page.locator('.chat').isVisible()).toBe(false);
  expect(await page.title()).toBe('Kalender');
  await press(page, 'Tillbaka');
  await page.getByLabel('Språk').selectOption('en');
  await page.getByText('Chatbot, not a human').first().waitFor();
  await soon(async () => expect(chat().acted).toContain('language en'));
  expect(await bubbles(page)).toEqual(['hej']);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await look(page, '7-english-dark');
});

test('without JavaScript there are numbers to call and a way out', async () => {
  const page = await open({ ...PHONE, javaScriptEnabled: false });
  await page.waitForURL('**/chat/plain?lang=sv');
  for (const number of ['112', '114 14', '116 111'])
    expect(await page.getByRole('link', { name: number, exact: true }).count()).toBe(1);
  expect(await page.getByRole('link', { name: 'Lämna' }).getAttribute('href')).toBe(`${chat().publicUrl}/weather`);
  await picture(page, '8-no-script');
});

test('on a host page: one frame its scripts cannot look into, no new global, and leaving takes the host page along', async () => {
  const page = await open(SCHOOL, HOST);
  expect(
    await page.evaluate('Object.keys(window).filter((k) => !before.includes(k) && !["before", "create"].includes(k))'),
  ).toEqual([]);
  expect(page.frames()).toHaveLength(1);
  const frame = await writeAtSchool(page);
  await picture(page, '9-embedded');
  expect(await page.evaluate(() => [...document.querySelectorAll('*')].every((e) => e.shadowRoot === null))).toBe(true);
  const spied = await page.evaluate(`(() => {
    const frame = made.find((e) => e.tagName === 'IFRAME');
    if (frame.contentDocument) return 'open';
    try { return frame.contentWindow.document.body.innerText; } catch (error) { return error.name; }
  })()`);
  expect(spied).toBe('SecurityError');
  await frame.getByRole('button', { name: 'Göm' }).click();
  const shown = `made.find((e) => e.tagName === 'IFRAME').style.display`;
  await soon(async () => expect(await page.evaluate(shown)).toBe('none'));
  // Until the next picture is drawn the browser may still send a click to the frame that has just been folded away.
  await soon(async () => {
    if ((await page.evaluate(shown)) === 'none') await launch(page);
    expect(await page.evaluate(shown)).toBe('block');
  });
  await frame.getByRole('button', { name: 'Lämna sidan snabbt' }).click();
  await page.waitForURL('**/weather');
});

test('Shift three times on the host page leaves too, and ends the token', async () => {
  const page = await open(SCHOOL, HOST);
  await writeAtSchool(page);
  chat().acted.length = 0;
  await page.mouse.click(10, 10);
  // The frame is another process: the host page has the keys when its own document has the focus.
  await soon(async () => expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY'));
  for (let i = 0; i < 3; i++) await page.keyboard.press('ShiftRight');
  await page.waitForURL('**/weather');
  await soon(async () => expect(chat().acted).toContain('leave'));
});
