import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DESK, field, PHONE, press, say, soon, widgetStage } from './widget-stage.ts';

const { chat, open } = widgetStage();

/** Whole between the top of the screen and a height. */
async function isAbove(page: Page, bottom: number): Promise<void> {
  for (const control of [
    field(page),
    page.getByRole('button', { name: 'Sänd', exact: true }),
    page.locator('.leave'),
  ]) {
    const box = await control.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= bottom, JSON.stringify(box)).toBe(true);
  }
}
/** A keyboard as iPhones have it: it covers the page, which stays as tall as it was; only the visual viewport shrinks. */
const showKeyboard = (page: Page, height: number, scale = 1) =>
  page.evaluate(
    (view) => {
      for (const [name, value] of Object.entries(view))
        Object.defineProperty(window.visualViewport, name, { value, configurable: true });
      window.visualViewport?.dispatchEvent(new Event('resize'));
    },
    { height, scale },
  );

test('a keyboard that covers the page never hides the field, sending or leaving, however much one has written (F53)', async () => {
  const page = await open(PHONE);
  const thread = await say(page, 'hej');
  for (let i = 0; i < 12; i++) await chat().say(thread, { text: `rad ${i}` });
  await page.getByText('rad 11', { exact: true }).first().waitFor();
  for (const height of [330, 280]) {
    await showKeyboard(page, height);
    await isAbove(page, height);
    await field(page).fill(Array.from({ length: 12 }, (_, i) => `mening ${i}`).join('\n'));
    await isAbove(page, height);
    const last = await page.locator('ol .bubble').last().boundingBox();
    expect((last?.y ?? height) + 20).toBeLessThan(height);
    await field(page).fill('');
  }
  await showKeyboard(page, 640);
  await isAbove(page, 640);
  expect((await field(page).boundingBox())?.y).toBeGreaterThan(500);
});

test('a pinch zoom is left alone: the page keeps its height', async () => {
  const page = await open(PHONE);
  const tall = () => page.locator('.chat').evaluate((chat) => chat.clientHeight);
  const before = await tall();
  await showKeyboard(page, 213, 3);
  expect(await tall()).toBe(before);
});

test('in forced colours every bubble, button and field has an edge, and what is focused is seen', async () => {
  const page = await open({ ...DESK, forcedColors: 'active' });
  const thread = await say(page, 'hej');
  await chat().say(thread, { text: 'Vad gäller det?', meta: { choices: [{ id: 'a', title: 'De vill ha pengar' }] } });
  await page.getByRole('button', { name: 'De vill ha pengar' }).waitFor();
  const bare = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.bubble, button:not(.link), textarea')]
      .filter((e) => e.offsetParent)
      .filter((e) => {
        const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(e);
        return (
          Number.parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none' || /^rgba.*, 0\)$/.test(borderTopColor)
        );
      })
      .map((e) => e.outerHTML),
  );
  expect(bare).toEqual([]);
  await page.locator('.leave').focus();
  await page.keyboard.press('Tab');
  const { style, width } = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
    return { style: outlineStyle, width: Number.parseFloat(outlineWidth) };
  });
  expect([style, width >= 2]).toEqual(['solid', true]);
});

test('dark by preference: the paper is dark and every text on it has the contrast of WCAG AAA', async () => {
  const page = await open({ ...PHONE, colorScheme: 'dark' });
  const thread = await say(page, 'hej');
  await chat().say(thread, { text: 'Vad gäller det?' });
  await page.getByText('Vad gäller det?').first().waitFor();
  const ratios = await page.evaluate(() => {
    const bright = (colour: string) => {
      const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const c = Number(part) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (e: Element | null): string => {
      const colour = e ? getComputedStyle(e).backgroundColor : 'rgb(255, 255, 255)';
      return e && /^rgba.*, 0\)$/.test(colour) ? behind(e.parentElement) : colour;
    };
    return [...document.querySelectorAll('.bubble p, header p, h1, button, textarea')]
      .filter((e) => e.textContent && (e instanceof HTMLElement ? e.offsetParent : true))
      .map((e) => {
        const [a, b] = [bright(getComputedStyle(e).color), bright(behind(e))].sort((x, y) => y - x);
        return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05);
      });
  });
  expect(ratios.length).toBeGreaterThan(6);
  expect(Math.min(...ratios)).toBeGreaterThanOrEqual(7);
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(Math.max(...(paper.match(/\d+/g) ?? []).map(Number))).toBeLessThan(40);
});

test('with reduced motion nothing runs, in no state', async () => {
  const page = await open({ ...PHONE, reducedMotion: 'reduce' });
  const thread = await say(page, 'hej');
  // Nobody hears it before the stream is open.
  await soon(async () => {
    chat().hub.publish(`thread:${thread}`, { kind: 'typing', from: 'staff' });
    expect(await page.getByText('skriver …').count()).toBe(1);
  }, 15_000);
  await press(page, 'Mer');
  await page.getByRole('heading', { name: 'Mer' }).waitFor();
  await press(page, 'Till chatten');
  await press(page, 'Göm');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
});
