import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/bot/widget/texts/catalogue.ts';
import { field, PHONE, press, say, soon, widgetStage } from './widget-stage.ts';

const { chat, open } = widgetStage();
const LETTERS = 'ሀለሐመሠረሰሸቀቐበተነኘአከኸወዐዘየደጀገጠጨጸፈ።';

/** A visit and the fonts it asks for. */
async function visit(path: string, options: BrowserContextOptions = PHONE): Promise<{ page: Page; fonts: string[] }> {
  const page = await open(options, '/weather');
  const fonts: string[] = [];
  page.context().on('request', (request) => request.resourceType() === 'font' && fonts.push(request.url()));
  await page.goto(chat().publicUrl + path);
  return { page, fonts };
}

/** Which of the letters are drawn as the box that stands for a letter no font has. @param font empty: the page's own. */
const boxes = (page: Page, letters: string, font = '') =>
  page.evaluate(
    ([all = '', family = '']) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 60 });
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      const drawn = (letter: string) => {
        if (!pen) return '';
        pen.clearRect(0, 0, 60, 60);
        pen.font = `30px ${family || getComputedStyle(document.documentElement).fontFamily}`;
        pen.fillText(letter, 5, 45);
        return pen.getImageData(0, 0, 60, 60).data.join();
      };
      const box = drawn('\u0378');
      return [...all].filter((letter) => drawn(letter) === box).join('');
    },
    [letters, font],
  );
const systemHas = async (page: Page, letters: string) => (await boxes(page, letters, 'sans-serif')) === '';

test('a Swedish visit fetches no font, however much one writes, opens and is told', async () => {
  const { page, fonts } = await visit('/chat?lang=sv');
  const thread = await say(page, 'hej, åäö');
  await chat().say(thread, { text: 'Ring 112.' });
  await page.locator('ol a').waitFor();
  await page.locator('select').focus();
  await page.keyboard.press('ArrowDown');
  await page.locator('select').selectOption('sv');
  await press(page, 'Mer');
  await page.getByRole('heading', { name: 'Mer' }).waitFor();
  expect(fonts).toEqual([]);
});

test('a Tigrinya visit shows letters, not boxes: the system’s, or else our own font, once and from our own origin', async () => {
  const { page, fonts } = await visit('/chat?lang=ti');
  await page.getByText(catalogue.ti.words.bot).first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  expect(await boxes(page, LETTERS)).toBe('');
  const own = (await systemHas(page, LETTERS)) ? [] : [expect.stringMatching(/\/chat\/ethiopic-[0-9a-f]{10}\.woff2$/)];
  expect(fonts).toEqual(own);
  expect(fonts.every((url) => url.startsWith(chat().publicUrl))).toBe(true);
  await page.goto(`${chat().publicUrl}/chat/plain?lang=ti`);
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  expect(await boxes(page, LETTERS)).toBe('');
});

test('what is written in Tigrinya on a Swedish page has its letters too', async () => {
  const { page } = await visit('/chat?lang=sv');
  await field(page).fill(LETTERS);
  await press(page, 'Sänd');
  await soon(async () => expect(await boxes(page, LETTERS)).toBe(''));
});

test('the font may stay in a cache for a year under a name that changes with it, and is half of the whole typeface', async () => {
  const page = await (await fetch(`${chat().publicUrl}/chat`)).text();
  const [address = ''] = /\/chat\/ethiopic-[0-9a-f]{10}\.woff2/.exec(page) ?? [];
  const font = await fetch(chat().publicUrl + address);
  expect(Object.fromEntries(font.headers)).toMatchObject({
    'content-type': 'font/woff2',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect((await font.arrayBuffer()).byteLength).toBeLessThan(46_000);
});

test('every letter of the chat’s own texts in Arabic, Persian and Sorani is in a font that the page fetches nothing for', async () => {
  const { page, fonts } = await visit('/chat?lang=ar');
  for (const tag of ['ar', 'fa', 'ckb'] as const) {
    const letters = new Set(JSON.stringify(catalogue[tag]).match(/[\u0620-\u064a\u066e-\u06d3]/g));
    expect(letters.size, tag).toBeGreaterThan(25);
    expect(await boxes(page, [...letters].join('')), tag).toBe('');
  }
  expect(fonts).toEqual([]);
});
