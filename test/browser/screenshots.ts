import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { openChromium } from '../support/open-chromium.ts';
import { worker } from '../support/people.ts';
import { threadOf } from './widget-stage.ts';

const PHONE = { viewport: { width: 360, height: 720 }, isMobile: true, hasTouch: true, locale: 'sv-SE' };
const SMALL_PHONE = { ...PHONE, viewport: { width: 320, height: 568 } };
const DESKTOP = { viewport: { width: 840, height: 600 }, locale: 'sv-SE' };

let house: TestHouse;
let browser: Browser;
beforeAll(async () => {
  house = await startHouse('embedded', { at: '2026-11-24T10:00:00+01:00' });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('phone', async () => {
  await take(await open(PHONE), 'phone');
});

test('small phone', async () => {
  const page = await open(SMALL_PHONE);
  await say(page, 'kan man vara anonym här?');
  await take(page, 'small-phone');
});

test('situations to tap, on a small phone', async () => {
  const page = await open(SMALL_PHONE);
  await page.locator('.choices').evaluate((choices) => choices.scrollIntoView({ block: 'end' }));
  await shoot(page, 'situations');
});

test('the door for those who meet young people at work', async () => {
  const page = await open(SMALL_PHONE);
  await page.getByRole('button', { name: 'Möter du unga i jobbet?' }).click();
  await page.getByRole('heading', { name: 'Möter du unga i jobbet?' }).waitFor();
  await shoot(page, 'professionals');
});

test('desktop', async () => {
  const page = await open(DESKTOP);
  await say(page, 'min bror håller på att dras in');
  await take(page, 'desktop');
});

test('dark', async () => {
  const page = await open({ ...PHONE, colorScheme: 'dark' });
  await say(page, 'de säger att jag är skyldig pengar');
  await take(page, 'dark');
});

test('Arabic', async () => {
  const page = await open({ ...PHONE, locale: 'ar' });
  await take(page, 'arabic');
});

test.each([
  ['crisis', PHONE, 'de står utanför dörren med kniv'],
  ['crisis-dark', { ...PHONE, colorScheme: 'dark' }, 'de står utanför dörren med kniv'],
  ['crisis-arabic', { ...SMALL_PHONE, locale: 'ar' }, 'هم أمام الباب ومعهم سكين الآن'],
] as const)('%s', async (name, phone, text) => {
  const page = await open(phone);
  await say(page, text);
  await page.locator('.crisis').waitFor();
  await take(page, name);
});

test('waiting, and with a worker', async () => {
  const page = await open(PHONE);
  await say(page, 'jag vill prata med en människa');
  await say(page, 'Rinkeby');
  await take(page, 'waiting');
  const jarva = await worker(house, 'jarva-1');
  const id = await threadOf(page);
  const claim = await jarva.takes(id);
  await jarva.replies(id, claim, 'Hej. Bra att du skrev. Vad har hänt?');
  await page.getByText('Bra att du skrev').first().waitFor();
  await take(page, 'worker');
});

async function open(options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${house.url}/chat`);
  return page;
}

/** Writes and waits for the bot's answer. */
async function say(page: Page, text: string): Promise<void> {
  const answers = page.locator('li.bot');
  const before = await answers.count();
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
  await answers.nth(before).waitFor();
}

/** Of the last one has written and what came of it. */
async function take(page: Page, name: string): Promise<void> {
  await page.locator('li.visitor').evaluateAll((all) => all.at(-1)?.scrollIntoView());
  await shoot(page, name);
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.screenshot({ path: fileURLToPath(new URL(`./screenshots/${name}.png`, import.meta.url)) });
}
