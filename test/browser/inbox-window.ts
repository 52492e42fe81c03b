import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openChromium } from '../support/open-chromium.ts';
import { axeFinds } from './axe.ts';

const SHOTS = process.env['SHOTS'];
const STILL = 'document.getAnimations().every(({ playState }) => playState !== "running")';
/** Without the focus stops that Fluent's Tabster puts in, hidden from readers but not from the Tab key. */
const RULES = {
  exclude: [['[data-tabster-dummy]']],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** A browser for one file of the tab's tests, with one page for each test. A script error on it is the test's failure. */
export function inboxWindow({ width = 1280, height = 800, timeoutMs = 8_000 } = {}) {
  const on: { browser?: Browser; page?: Page } = {};
  const faults: string[] = [];
  let logged: string[] = [];
  const here = <T>(thing: T | undefined): T => thing ?? expect.fail('nothing is open');

  beforeAll(async () => {
    on.browser = await openChromium();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all(
      here(on.browser)
        .contexts()
        .map((context) => context.close()),
    );
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => on.browser?.close());

  const page = () => here(on.page);
  /** Where the tab is: in the frame that a host page has put it into, otherwise the page itself. */
  const tab = (): Frame => page().frames().at(-1) ?? page().mainFrame();
  const still = () => expect.poll(() => tab().evaluate(STILL)).toBe(true);
  /** For people, when they ask for pictures. */
  const picture = async (name: string) => SHOTS && page().screenshot({ path: `${SHOTS}/${name}.png` });
  return {
    page,
    tab,
    picture,
    /** @param before what is set up in the page before it goes anywhere */
    async open(url: string, options: BrowserContextOptions = {}, before?: (page: Page) => Promise<unknown>) {
      const desktop = { locale: 'sv-SE', viewport: { width, height } };
      const context = await here(on.browser).newContext({ ...desktop, ...options });
      context.setDefaultTimeout(timeoutMs);
      const opened = await context.newPage();
      logged = [];
      opened.on('pageerror', (error) => faults.push(error.message));
      opened.on('console', (message) => message.type() === 'error' && logged.push(message.text()));
      await before?.(opened);
      on.page = opened;
      await opened.goto(url);
      return opened;
    },
    at: (what: string, hasText?: string): Locator => tab().locator(what, hasText === undefined ? {} : { hasText }),
    run: <T>(script: string): Promise<T> => tab().evaluate<T>(script),
    /** What the browser itself has complained of on the page that was opened last. */
    logged: () => logged,
    still,
    /** What axe finds in this state, once nothing moves. @param name the picture's */
    async findings(name?: string): Promise<unknown> {
      await still();
      if (name) await picture(name);
      return axeFinds(tab(), RULES);
    },
  };
}
