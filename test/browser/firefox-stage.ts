import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { startWebchat, type Webchat } from '../server/webchat/start-webchat.ts';
import { findFirefox } from '../support/find-firefox.ts';
import { soon } from './widget-stage.ts';

const firefox = findFirefox(process.env);
/** Tests that need a stock Firefox: counted as skipped, and said so in a line, where it cannot be had. */
export const inFirefox = describe.skipIf(!firefox);

const PREFS = { 'intl.accept_languages': 'sv-SE,sv', 'browser.sessionstore.interval': 500 };

/** Firefox calls it an error of the page when a reload cuts a connection. */
const CUT = /(can’t establish a connection|was interrupted)/;

/** The web chat and a Firefox with a profile on disk, as a person has; its pages must be without errors and strange requests. */
export function firefoxStage() {
  const on: { chat?: Webchat; browser?: Browser; still?: Browser } = {};
  const profile = mkdtempSync(path.join(os.tmpdir(), 'utvag-firefox-'));
  const faults: string[] = [];
  const here = <T>(thing: T | undefined): T => thing ?? expect.fail('the stage is not set');

  beforeAll(async () => {
    on.chat = await startWebchat({ beatMs: 500 });
    on.browser = await start(PREFS, profile);
  });
  afterEach(async () => {
    here(on.chat).acted.length = 0;
    const [, ...tabs] = await here(on.browser).pages();
    await Promise.all(tabs.map((tab) => tab.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([on.browser?.close(), on.still?.close()]);
    await on.chat?.stop();
    rmSync(profile, { recursive: true, force: true });
  });

  return {
    chat: () => here(on.chat),
    /** A new tab, on a page of the city's weather first: something to come back to. */
    async open(path = '/chat'): Promise<Page> {
      const page = await here(on.browser).newPage();
      await page.setViewport({ width: 320, height: 640 });
      const { publicUrl } = here(on.chat);
      page.on('request', (r) => !r.url().startsWith(publicUrl) && !r.url().startsWith('data:') && faults.push(r.url()));
      page.on('pageerror', (error) => !CUT.test(`${error}`) && faults.push(`${error}`));
      page.on('console', (line) => /Content.Security|Trusted/i.test(line.text()) && faults.push(line.text()));
      await page.goto(`${publicUrl}/weather?before`);
      await page.goto(publicUrl + path);
      return page;
    },
    /** The chat in a Firefox whose owner has turned JavaScript off; a driver's scripts do not run in it either. */
    async openWithoutScripts(): Promise<Page> {
      on.still = await start({ ...PREFS, 'javascript.enabled': false });
      const page = await on.still.newPage();
      await page.goto(`${here(on.chat).publicUrl}/chat`);
      return page;
    },
    /** Addresses and titles of the browser's own history. */
    history(): unknown[] {
      const copy = mkdtempSync(path.join(os.tmpdir(), 'utvag-history-'));
      for (const name of ['places.sqlite', 'places.sqlite-wal'])
        cpSync(path.join(profile, name), path.join(copy, name));
      const places = new DatabaseSync(path.join(copy, 'places.sqlite'));
      const known = places.prepare('select url, title from moz_places order by id').all();
      places.close();
      rmSync(copy, { recursive: true });
      return known;
    },
    /** What the browser has written to the disk: each file of the profile in which the words stand. */
    traces(words: string): string[] {
      const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const wanted = [Buffer.from(words), Buffer.from(words, 'utf16le')];
      return files
        .map((entry) => path.join(entry.parentPath, entry.name))
        .filter((file) => wanted.some((bytes) => readFileSync(file).includes(bytes)))
        .map((file) => path.relative(profile, file));
    },
  };
}

function start(extraPrefsFirefox: Record<string, unknown>, userDataDir?: string): Promise<Browser> {
  const place = { ...(firefox && { executablePath: firefox }), ...(userDataDir && { userDataDir }) };
  return launch({ ...place, extraPrefsFirefox, browser: 'firefox', headless: true });
}

/** A page that is on its way out never answers a script: it is asked again. */
export const ask = (page: Page, script: string): Promise<string> =>
  Promise.race([
    page.evaluate(script).then(String),
    new Promise<string>((_, no) => setTimeout(() => no(new Error('the page does not answer')), 1_000)),
  ]);
export const press = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
export const keptBy = (page: Page): Promise<{ token: string; conversation: string }> =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}'));

/** Writes, waits until the server has it, and tells whose conversation it is. */
export async function say(page: Page, text: string) {
  await page.locator('textarea').fill(text);
  await press(page, 'Sänd');
  await soon(async () => expect(await page.$$eval('.visitor small', (all) => all.at(-1)?.textContent)).toBe('Skickat'));
  return keptBy(page);
}
