import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inboxLink } from '../../src/inbox/cards/conversation-card.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { openChromium } from '../support/open-chromium.ts';
import { relative, worker, youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';

/** Each would show itself: a global, a dialog, an element, a request or a breach of the page's policy. */
const PAYLOADS = [
  '<script>window.hit=1</script>',
  '<img src=x onerror="window.hit=1">',
  '<svg/onload=window.hit=1>',
  '"><iframe src="javascript:parent.hit=1"></iframe>',
  "'-alert(1)-'",
  '</textarea></title><details open ontoggle=window.hit=1>',
  '[läs](javascript:window.hit=1) javascript:window.hit=1',
  '<a href="https://example.org/steal">https://example.org/steal</a>',
  '{{constructor.constructor("window.hit=1")()}} #{window.hit=1}',
  '<style>*{background:url(https://example.org/x)}</style>',
  '<math><mi xlink:href="data:x,<script>window.hit=1</script>">',
  '\u202Egnp.exe <b>fet</b> &lt;img src=x onerror=window.hit=1&gt;',
];
const ALL = PAYLOADS.join('\n');
const PLANTED =
  'script:not([src]):not([type="application/json"]), img, iframe[src^="javascript"], math, details[ontoggle], style:not(:empty), [onerror], [onload], a[href*="example.org"], a[href^="javascript"]';

let house: TestHouse;
let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
  house = await startHouse('embedded', { at: '2026-11-24T10:00:00+01:00' });
  browser = await openChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function visit(path: string, storage: Record<string, string> = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, locale: 'sv-SE' });
  await page.addInitScript((kept) => {
    for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value);
    addEventListener('securitypolicyviolation', (event) => reportError(new Error(`policy ${event.violatedDirective}`)));
  }, storage);
  page.on('dialog', (dialog) => {
    faults.push(dialog.message());
    return dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on(
    'request',
    (r) => void (new URL(r.url()).origin === house.url || r.url().startsWith('data:') || faults.push(r.url())),
  );
  page.on('console', (line) => void (line.type() === 'error' && faults.push(line.text())));
  await page.goto(house.url + path);
  return page;
}

/** Every payload stands there letter by letter, and none of it has become anything but letters. */
async function showsAsLetters(page: Page): Promise<void> {
  const shown = async () => (await page.locator('body').innerText()).replace(/\s+/g, ' ');
  for (const payload of PAYLOADS)
    await expect.poll(shown, { timeout: 10_000, message: payload }).toContain(payload.replace(/\s+/g, ' '));
  const before = await page.evaluate(() => Reflect.get(window, 'hit'));
  expect(before).toBeUndefined();
  expect(faults).toEqual([]);
}

test('what is written on the web, by text and in the inbox is letters in every view, never markup', async () => {
  const person = await youngPerson(house);
  await person.says(`jag vill prata med en människa\n${ALL}`);
  await person.post({
    type: 'message',
    text: ALL,
    textFormat: 'xml',
    locale: '"><img src=x onerror=window.hit=1>',
    from: { id: 'me', name: PAYLOADS[1], role: 'bot' },
    attachments: [{ contentType: 'text/html', content: ALL, contentUrl: 'javascript:window.hit=1' }],
    suggestedActions: { actions: [{ type: 'openUrl', title: PAYLOADS[0], value: 'javascript:window.hit=1' }] },
    channelData: { clientActivityID: 'a1', utvag: { author: 'worker', owner: ALL } },
  });
  await person.event('language', '<img src=x onerror=window.hit=1>');
  const phone = relative(house, '+46701740611');
  await phone.texting(ALL);

  const desk = await worker(house, 'jarva-1');
  const claim = await desk.takes(person.id);
  await desk.replies(person.id, claim, ALL);
  await desk.notes(person.id, ALL);
  await until(async () => (await person.sees()).some((b) => b.who === 'worker'));

  const chat = await visit('/chat', {
    chat: JSON.stringify({ conversation: person.id, token: person.token }),
  });
  await chat.getByText('window.hit=1').first().waitFor();
  await showsAsLetters(chat);
  expect(await chat.locator(`.chat ol :is(${PLANTED})`).count()).toBe(0);

  const inbox = await visit(inboxLink({ publicUrl: '' }, person.id).replace('#', '?worker=jarva-1#'));
  await inbox.getByText('window.hit=1').first().waitFor();
  await showsAsLetters(inbox);
  expect(await inbox.locator(`#root :is(${PLANTED})`).count()).toBe(0);

  const simulated = await visit('/dev/phone');
  await simulated.locator('#number').fill('+46701740611');
  await simulated.locator('#number').press('Enter');
  await showsAsLetters(simulated);
  expect(await simulated.locator(`main :is(${PLANTED})`).count()).toBe(0);
}, 60_000);

test.each(['/chat?lang=', '/inbox/?worker=', '/inbox/#', '/dev/phone?number=', '/?x=', '/chat/'])(
  'an address made by somebody else (%s…) puts nothing into the page',
  async (path) => {
    for (const payload of ['"><img src=x onerror=window.hit=1>', 'javascript:window.hit=1']) {
      const page = await visit('/about');
      faults.length = 0;
      const answer = await page.goto(house.url + path + encodeURIComponent(payload));
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined();
      expect(await answer?.text()).not.toContain(payload);
      expect(faults.filter((fault) => /policy|hit/.test(fault))).toEqual([]);
      await page.close();
    }
  },
  30_000,
);
