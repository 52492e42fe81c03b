import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { openChromium } from '../support/open-chromium.ts';
import { readPeer } from '../support/peers.ts';
import { worker } from '../support/people.ts';
import { HTML, SCRIPT, serveFiles } from '../support/serve-files.ts';

/** As Microsoft's documentation writes it: ask for a token, keep it in the tab, render. `#` carries the server and the transport. */
const PAGE = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Skola</title><link rel="icon" href="data:,">
<main id="webchat" style="height: 600px"></main><script src="/webchat.js"></script><script>
(async () => {
  const [domain, webSocket] = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const fresh = () => fetch(domain + '/tokens/generate', { method: 'POST' }).then((answer) => answer.json());
  const token = sessionStorage.getItem('token') ?? (await fresh()).token;
  sessionStorage.setItem('token', token);
  const directLine = WebChat.createDirectLine({ domain, token, webSocket, pollingInterval: 300 });
  // What is written before it is connected, it throws away.
  directLine.connectionStatus$.subscribe((status) => (document.title = status === 2 ? 'connected' : 'not connected'));
  WebChat.renderWebChat({ directLine, locale: 'sv-SE' }, document.getElementById('webchat'));
})();
</script></html>`;

let house: TestHouse;
let host: Awaited<ReturnType<typeof serveFiles>>;
let browser: Browser;
const complaints: string[] = [];
beforeAll(async () => {
  host = await serveFiles({
    '/': { type: HTML, body: PAGE },
    '/webchat.js': { type: SCRIPT, body: readPeer('botframework-webchat/dist/webchat.js') },
  });
  house = await startHouse('embedded', { at: '2026-11-24T10:00:00+01:00', env: { WIDGET_ORIGINS: host.url } });
  browser = await openChromium();
});
afterEach(() => {
  complaints.length = 0;
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  await host?.stop();
});

for (const webSocket of [true, false])
  test(`botframework-webchat on another host talks, picks, meets a worker and comes back, ${webSocket ? 'on a WebSocket' : 'by polling'}`, async () => {
    const page = await open(webSocket);
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await write(page, 'hej');
    await isEqual(page, 2);
    await write(page, 'kan man vara anonym här?');
    await isEqual(page, 4);
    await page.getByRole('toolbar').getByRole('button', { name: 'Prata med en människa' }).click();
    await isEqual(page, 6);
    await write(page, 'Rinkeby');
    await isEqual(page, 8);

    const { conversation } = await onServer(page);
    const jarva = await worker(house, 'jarva-1');
    await jarva.sees(conversation);
    const claim = await jarva.takes(conversation);
    await jarva.replies(conversation, claim, 'Hej. Vad bra att du skrev.');
    await soon(async () => expect((await bubbles(page)).at(-1)).toBe('Hej. Vad bra att du skrev.'));
    await isEqual(page, 10);
    expect((await bubbles(page)).at(-2)).toContain('Nu skriver Järva 1 här');

    await page.reload();
    await isEqual(page, 10);
    await write(page, 'tack');
    await isEqual(page, 11);
    expect(sockets.length > 0).toBe(webSocket);
    expect(complaints).toEqual([]);
  }, 120_000);

async function open(webSocket: boolean): Promise<Page> {
  const page = await browser.newPage({ locale: 'sv-SE' });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  const settings = JSON.stringify([`${house.url}/v3/directline`, webSocket]);
  await page.goto(`${host.url}/#${encodeURIComponent(settings)}`);
  return page;
}

async function write(page: Page, text: string): Promise<void> {
  await page.waitForFunction(() => document.title === 'connected');
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const bubbles = async (page: Page): Promise<string[]> =>
  (await page.locator('.webchat__bubble__content').allInnerTexts()).map(oneLine);

/** What the server has, as anybody with the page's token reads it. */
async function onServer(page: Page) {
  const token = await page.evaluate(() => sessionStorage.getItem('token') ?? '');
  const { conversation } = JSON.parse(atob(token.split('.')[1] ?? ''));
  const url = `${house.url}/v3/directline/conversations/${conversation}/activities`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const { activities } = await answer.json();
  const texts = activities.flatMap((a: { type: string; text: string }) =>
    a.type === 'message' ? oneLine(a.text) : [],
  );
  return { conversation, texts };
}

/** So many messages, each shown once, in the server's order. */
const isEqual = (page: Page, count: number) =>
  soon(async () => {
    const { texts } = await onServer(page);
    expect(await bubbles(page)).toEqual(texts);
    expect(texts).toHaveLength(count);
  });
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 50 });
