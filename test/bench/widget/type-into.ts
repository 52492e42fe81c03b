import type { Browser, Page } from 'playwright-core';
import { slowDown } from './visit-page.ts';

/** A page with a conversation in it, and how a message is sent there. */
export interface Typed {
  /** Leaves the page with so many messages on it. */
  open(page: Page, messages: number): Promise<void>;
  field: string;
  /** Sends what is in `field`, a constant of the script. */
  send: string;
  /** One for each message. */
  item: string;
}

const PHONE = { viewport: { width: 360, height: 640 }, locale: 'sv-SE' };

/** From Enter to one's own message painted, so many times, on a processor four times slower, in ms. */
export async function typeInto(browser: Browser, typed: Typed, messages: number, times: number): Promise<number[]> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    await typed.open(page, messages);
    while ((await page.locator(typed.item).count()) < messages) await page.waitForTimeout(20);
    await slowDown(page, { slower: 4, network: null });
    const tookMs: number[] = [];
    for (let i = 0; i < times; i += 1) {
      await page.locator(typed.field).fill(`ord ${i}`);
      tookMs.push(await page.evaluate<number>(enter(typed)));
    }
    return tookMs;
  } finally {
    await context.close();
  }
}

const enter = ({ field, send, item }: Typed): string => `new Promise((done) => {
  const count = () => document.querySelectorAll('${item}').length, before = count(), began = performance.now();
  const field = document.querySelector('${field}');
  ${send};
  (function look() {
    if (count() === before) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  })();
})`;

/** Ours at `url`: the bench stands in for the server. It has the history, takes what is sent and never answers. */
export const typedInOurs = (url: string): Typed => ({
  field: 'textarea',
  send: `field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))`,
  item: '.chat ol > li',
  async open(page, messages) {
    let read = false;
    await page.routeWebSocket(/\/stream/, () => {});
    await page.route(/\/v3\/directline\//, (route) => {
      const asked = route.request();
      if (asked.method() === 'POST') return route.fulfill({ json: { id: 'cnv_x|taken' } });
      if (!asked.url().includes('/activities')) return route.fulfill({ json: { streamUrl: `${url}/stream` } });
      const activities = read ? [] : history(messages);
      read = true;
      return route.fulfill({ json: { activities, watermark: '1.1.0' } });
    });
    await page.goto(url);
    await page.evaluate(KEPT);
    await page.reload();
  },
});

/** Web Chat at `url`, on the server in its page. */
export const typedInWebChat = (url: string): Typed => ({
  field: '[data-id=webchat-sendbox-input]',
  send: 'field.form.requestSubmit()',
  item: '.webchat__basic-transcript__activity',
  async open(page, messages) {
    await page.goto(`${url}#${messages}`);
  },
});

const KEPT = `sessionStorage.setItem('chat', JSON.stringify({ token: 'x', conversation: 'cnv_x' }))`;

const history = (messages: number) =>
  Array.from({ length: messages }, (_, at) => ({
    type: 'message',
    id: `cnv_x|${at}`,
    timestamp: new Date(0).toISOString(),
    from: { id: 'bot', name: 'Chattbot', role: 'bot' },
    text: `Rad ${at}. Är det fara just nu: ring 112. Bris har nummer 116 111.`,
    channelData: { utvag: { author: at % 2 === 0 ? 'bot' : 'visitor', language: 'sv' } },
  }));
