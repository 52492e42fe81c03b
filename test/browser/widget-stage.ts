import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { startWebchat, type Webchat } from '../server/webchat/start-webchat.ts';
import { openChromium } from '../support/open-chromium.ts';
import { axeFinds } from './axe.ts';

const SHOTS = process.env['SHOTS'];
export const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, locale: 'sv-SE' };
export const DESK = { viewport: { width: 900, height: 760 }, locale: 'sv-SE' };

interface StageOptions extends NonNullable<Parameters<typeof startWebchat>[0]> {
  /** The address that pages are opened at, when it is not the server's own. */
  through?: string;
}
/** A script that tells everything of the tab that a script can read. */
export const TRACES = `(async () => JSON.stringify({
  dom: document.documentElement.outerHTML, session: { ...sessionStorage }, local: { ...localStorage }, cookie: document.cookie,
  caches: await caches.keys(), databases: await indexedDB.databases(), name: window.name, state: history.state, title: document.title,
  fields: [...document.querySelectorAll('textarea')].map((field) => field.value),
}))()`;

/** The web chat and a browser for one test file; every page must be without script errors, strange requests and policy breaches. */
export function widgetStage({ through, ...change }: StageOptions = {}) {
  const on: { chat?: Webchat; browser?: Browser } = {};
  const faults: string[] = [];
  const here = <T>(thing: T | undefined): T => thing ?? expect.fail('the stage is not set');

  beforeAll(async () => {
    on.chat = await startWebchat({ beatMs: 1_000, ...change });
    on.browser = await openChromium();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  });
  afterEach(async () => {
    here(on.chat).time.offsetMs = 0;
    here(on.chat).acted.length = 0;
    await Promise.all(
      here(on.browser)
        .contexts()
        .map((c) => c.close()),
    );
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await on.browser?.close();
    await on.chat?.stop();
  });

  const url = () => through ?? here(on.chat).publicUrl;

  function watch(page: Page): void {
    const own = [url(), here(on.chat).publicUrl, ...(change.hosts ?? [])];
    page.on('request', (r) => !own.some((origin) => r.url().startsWith(origin)) && faults.push(r.url()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => /Content.Security|Trusted/i.test(line.text()) && faults.push(line.text()));
  }

  return {
    chat: () => here(on.chat),
    /** The server stops, and another one takes its port and its database. */
    async restart(meanwhile: () => Promise<void>): Promise<void> {
      const { again, stop } = here(on.chat);
      await stop();
      await meanwhile();
      on.chat = await startWebchat({ beatMs: 1_000, ...change, again });
    },
    /** @param path on the server, or another page's whole address */
    async open(options: BrowserContextOptions = PHONE, path = '/chat', waitUntil: 'load' | 'commit' = 'load') {
      const context: BrowserContext = await here(on.browser).newContext(options);
      context.on('page', watch);
      const page = await context.newPage();
      await page.goto(new URL(path, url()).href, { waitUntil });
      return page;
    },
    /** A picture for people, when they ask for it, and what axe finds in this state of the page. */
    async look(page: Page, name: string): Promise<void> {
      await picture(page, name);
      expect(await axeFinds(page), name).toEqual([]);
    },
  };
}

export const field = (page: Page) => page.getByPlaceholder('Skriv här …');
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const bubbles = (page: Page) => page.locator('.chat ol .bubble').allInnerTexts();
export const soon = (check: () => Promise<void> | void, timeout = 5_000) =>
  vi.waitFor(check, { timeout, interval: 25 });
export const threadOf = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}').conversation);

export const picture = async (page: Page, name: string) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });

/** Writes and waits until the server has it. */
export async function say(page: Page, text: string): Promise<string> {
  await field(page).fill(text);
  await press(page, 'Sänd');
  await soon(async () => expect(await page.locator('.visitor small').last().innerText()).toBe('Skickat'));
  return threadOf(page);
}
