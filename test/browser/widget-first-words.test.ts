import { eq } from 'drizzle-orm';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { conversation, message } from '../../db/schema/conversation.ts';
import { pageWords } from '../../src/bot/dialogue/first-words.ts';
import { LANGUAGES } from '../../src/bot/language/detect.ts';
import { catalogue } from '../../src/bot/widget/texts/catalogue.ts';
import { createPhrases } from '../../src/bot/words/phrases.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { openChromium } from '../support/open-chromium.ts';
import { axeFinds } from './axe.ts';
import { PHONE, soon, threadOf } from './widget-stage.ts';

let house: TestHouse;
let browser: Browser;
let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  house = await startHouse('embedded', { at: '2026-11-24T10:00:00+01:00' });
  database = openDatabase(house.connection, { poolSize: 2 });
  browser = await openChromium();
});
afterEach(async () => void (await Promise.all(browser.contexts().map((c) => c.close()))));
afterAll(async () => {
  await browser?.close();
  await database?.close();
  await house?.stop();
});

const phrases = createPhrases();
const situations = pageWords(phrases).firstWords;
const LOOKS: BrowserContextOptions[] = [PHONE, { ...PHONE, colorScheme: 'dark' }, { ...PHONE, forcedColors: 'active' }];

async function open(options: BrowserContextOptions = PHONE, path = '/chat'): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(house.url + path);
  return page;
}
const buttons = (page: Page) => page.locator('.welcome .choices button');
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const answer = (page: Page, at = 0) => page.locator('ol > li.bot').nth(at).waitFor();

const messagesOf = (id: string) =>
  database.db.select().from(message).where(eq(message.conversationId, id)).orderBy(message.seq);

async function say(page: Page, text: string): Promise<void> {
  const before = await page.locator('ol > li.bot').count();
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
  await answer(page, before);
}

describe('situations to tap', () => {
  test.each(LANGUAGES)(
    '%s: the page, its situations and the first answer are in the language the browser asks for',
    async (tag) => {
      const page = await open({ ...PHONE, locale: tag });
      expect(await page.locator('html').getAttribute('lang')).toBe(tag);
      expect(await buttons(page).allInnerTexts()).toEqual(situations(tag).map((s) => s.title));
      for (const box of await buttons(page).evaluateAll((all) => all.map((b) => b.getBoundingClientRect())))
        expect(Math.min(box.height, box.right, 320 - box.left)).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await buttons(page).first().click();
      await answer(page);
      expect(await page.locator('ol > li.bot .bubble').first().getAttribute('lang')).toBe(tag);
    },
  );

  test('nothing is stored before a tap; one tap is one message, answered; then they are gone for good', async () => {
    const page = await open();
    const before = (await database.db.select().from(conversation)).length;
    expect(await buttons(page).count()).toBe(5);
    expect((await database.db.select().from(conversation)).length).toBe(before);
    await tap(page, 'De vill ha pengar');
    await answer(page);
    const id = await threadOf(page);
    const rows = await messagesOf(id);
    expect(rows.map((m) => [m.author, m.meta.firstWord])).toEqual([
      ['visitor', 'money'],
      ['bot', undefined],
    ]);
    const row = (await database.db.select().from(conversation)).find((c) => c.id === id);
    expect([row?.owner, row?.risk]).toEqual(['bot', 'elevated']);
    expect(await page.locator('ol + .choices button').count()).toBeGreaterThan(1);
    expect(await buttons(page).count()).toBe(0);
    await page.reload();
    await answer(page);
    expect(await buttons(page).count()).toBe(0);
  });

  test('whoever taps by keyboard goes on in the conversation, not at the top of the page', async () => {
    const page = await open();
    await buttons(page).nth(3).focus();
    await page.keyboard.press('Enter');
    await answer(page);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('scroll');
  });

  test('axe finds nothing, in light, dark and forced colours', async () => {
    for (const look of LOOKS) expect(await axeFinds(await open(look))).toEqual([]);
  });
});

test.each(LANGUAGES)('%s: all that a first visit needs, situations and all, is at most 10 kB', async (tag) => {
  const answer = await fetch(`${house.url}/chat?lang=${tag}`, { headers: { 'accept-encoding': 'br' } });
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(Number(answer.headers.get('content-length') ?? Number.NaN)).toBeLessThanOrEqual(10_000);
});

describe('the door for professionals', () => {
  test('says what the chat is not and how one reports; a tap is answered and queues nobody', async () => {
    const page = await open();
    await tap(page, catalogue.sv.words.work);
    await page.getByText('Vi sköter inga ärenden i chatten').waitFor();
    for (const look of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: look });
      expect(await axeFinds(page), look).toEqual([]);
    }
    await tap(page, 'Jag är ledare i en förening');
    await answer(page);
    const text = await page.locator('ol > li.bot').innerText();
    expect(text).toContain('Arbetar du med barn ska du anmäla genast');
    const id = await threadOf(page);
    const row = (await database.db.select().from(conversation)).find((c) => c.id === id);
    expect([row?.owner, row?.risk]).toEqual(['bot', 'none']);
    expect(await page.locator('.crisis').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Lämna en fråga till en socialsekreterare' }).count()).toBe(1);
  });

  test('is there without JavaScript too', async () => {
    const page = await open({ ...PHONE, javaScriptEnabled: false }, '/chat/plain');
    expect(await page.getByText('Vi sköter inga ärenden i chatten').count()).toBe(1);
    expect(await page.getByRole('heading', { name: catalogue.sv.words.work }).count()).toBe(1);
  });
});

describe('when an emergency has been heard', () => {
  const EMERGENCY = 'de står utanför dörren med kniv';

  test.each(LANGUAGES)('%s: 112 stands over the conversation as a large button, in the page’s words', async (tag) => {
    const page = await open({ ...PHONE, locale: tag });
    await say(page, EMERGENCY);
    const crisis = page.locator('.crisis');
    await crisis.waitFor();
    expect(await crisis.getAttribute('aria-label')).toBe(catalogue[tag].numbers['112']);
    const call = crisis.getByRole('link', { name: '112', exact: true });
    expect(await call.getAttribute('href')).toBe('tel:112');
    const box = await call.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await crisis.locator('summary').click();
    expect(await crisis.innerText()).toContain(catalogue[tag].words.call);
  });

  test('it is ink on sand, and axe finds nothing, folded and unfolded, in light, dark and forced colours', async () => {
    for (const look of LOOKS) {
      const page = await open(look);
      await say(page, EMERGENCY);
      await page.locator('.crisis').waitFor();
      expect(await axeFinds(page)).toEqual([]);
      await page.locator('.crisis summary').click();
      expect(await axeFinds(page)).toEqual([]);
      if (look === PHONE)
        expect(
          await page
            .locator('.crisis')
            .evaluate((e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]),
        ).toEqual(['rgb(236, 230, 216)', 'rgb(31, 36, 33)']);
    }
  });

  test('no focus moves, it is said aloud once, and it stays: folded, scrolled, in a panel, in another language, after a reload', async () => {
    const page = await open();
    await say(page, EMERGENCY);
    const call = page.locator('.crisis').getByRole('link', { name: '112' });
    await call.waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    const live = await page
      .locator('[role=log] p, [role=status], [role=alert], [aria-live]:not([role=log])')
      .allInnerTexts();
    expect(live.filter((text) => text.includes('112'))).toHaveLength(1);
    await say(page, 'skoja bara');
    await say(page, 'får mina föräldrar veta');
    expect(await call.isVisible()).toBe(true);
    await tap(page, 'Mer');
    await page.getByRole('heading', { name: 'Mer' }).waitFor();
    expect(await call.isVisible()).toBe(true);
    await page.getByRole('combobox').selectOption('ar');
    await soon(async () =>
      expect(await page.locator('.crisis').getAttribute('aria-label')).toBe(catalogue.ar.numbers['112']),
    );
    await page.reload();
    await call.waitFor();
  });

  test('with a phone’s keyboard open, 112, the field and the last words all have room', async () => {
    const page = await open({ ...PHONE, viewport: { width: 320, height: 300 } });
    await say(page, EMERGENCY);
    await page.locator('.crisis').waitFor();
    const seen = async (where: string) => (await page.locator(where).first().boundingBox()) ?? { y: 999, height: 0 };
    const field = await seen('textarea');
    expect(field.y + field.height).toBeLessThanOrEqual(300);
    expect((await seen('.crisis a')).y).toBeGreaterThanOrEqual(0);
    expect((await seen('.scroll')).height).toBeGreaterThanOrEqual(30);
  });

  test('no other answer brings it', async () => {
    const page = await open();
    await say(page, 'hur gör man för att lämna kriminalitet?');
    expect(await page.locator('.crisis').count()).toBe(0);
  });
});

describe('long answers', () => {
  test('are folded in the middle, never where 112 is, and unfold by a touch', async () => {
    const page = await open({ ...PHONE, locale: 'so' });
    await buttons(page).nth(2).click();
    await answer(page);
    const fold = page.locator('ol > li.bot details');
    expect(await fold.count()).toBeGreaterThan(0);
    expect((await fold.allInnerTexts()).join(' ')).toContain(catalogue.so.words.rest);
    const hidden = await page
      .locator('ol > li.bot details .bubble')
      .evaluateAll((all) => all.map((p) => p.textContent));
    expect(hidden.length).toBeGreaterThan(1);
    expect(hidden.filter((text) => text?.includes('112'))).toEqual([]);
    await fold.first().locator('summary').click();
    expect(await fold.first().locator('.bubble').first().isVisible()).toBe(true);
    expect(await axeFinds(page)).toEqual([]);
  });
});

test('words that say too little to tell are in the page’s language at first, then in the conversation’s (F50)', async () => {
  const page = await open({ ...PHONE, locale: 'ar' });
  await say(page, '?');
  expect(await page.locator('ol > li.bot .bubble').first().getAttribute('lang')).toBe('ar');
  await say(page, 'jag vill ut ur det här');
  await say(page, '2');
  const id = await threadOf(page);
  const mine = (await messagesOf(id)).filter((m) => m.author === 'visitor');
  expect(mine.map((m) => m.language)).toEqual(['ar', 'sv', 'sv']);
});
