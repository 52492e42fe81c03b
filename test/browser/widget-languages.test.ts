import { get } from 'node:http';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { worker } from '../../db/schema/staff.ts';
import { directionOf } from '../../src/bot/widget/direction.ts';
import { catalogue } from '../../src/bot/widget/texts/catalogue.ts';
import { bubbles, field, PHONE, press, say, soon, threadOf, widgetStage } from './widget-stage.ts';

const line: { ahead: number; opensAt: Date | null } = { ahead: 2, opensAt: null };
const { chat, open, look } = widgetStage({ beatMs: 200, place: async () => line });
const { ar, ti, en, fa } = catalogue;
const LIMIT_BYTES = 10_000;

const html = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const choose = async (page: Page, tag: string) => {
  await page.locator('select').selectOption(tag);
  await soon(async () => expect((await html(page))[0]).toBe(tag));
};
/** Where a part of a text is drawn: its left edge. */
const leftOf = (element: Locator, part: string) =>
  element.evaluate((node, wanted) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const at = text.nodeValue?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + wanted.length);
      return range.getBoundingClientRect().left;
    }
    return Number.NaN;
  }, part);

/** As it comes, not unpacked. */
const bytesOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });

/** Whole, large enough for a thumb, and its words on one line. */
const inSight = async (control: Locator): Promise<boolean> => {
  const box = await control.boundingBox();
  return (
    box !== null && box.x >= 0 && box.x + box.width <= 320 && box.width >= 44 && box.height >= 44 && box.height < 60
  );
};

for (const [tag, { words, panels, name }] of Object.entries(catalogue))
  test(`${name}: its own language and no other in at most 10 kB, the longer layer, the calendar and the plain page; axe is silent at 320 px`, async () => {
    const page = await open({ ...PHONE, locale: tag });
    const see = async (state: string) => {
      await look(page, `${tag}-${state}`);
      expect(await overflow(page), state).toBe(0);
      expect(await html(page), state).toEqual([tag, directionOf(tag)]);
    };
    await see('1-start');
    expect(await bytesOf(`${chat().publicUrl}/chat?lang=${tag}`)).toBeLessThanOrEqual(LIMIT_BYTES);
    const carried = await page.content();
    const others = Object.entries(catalogue).filter(([, { words: theirs }]) => carried.includes(theirs.wantHuman));
    expect(others.map(([other]) => other)).toEqual([tag]);
    for (const label of [words.send, words.hide, words.leaveNow])
      expect(await inSight(page.getByRole('button', { name: label, exact: true })), label).toBe(true);
    // The hint in the field fits, as its own words would.
    await page.locator('textarea').fill(words.write);
    expect((await page.locator('textarea').boundingBox())?.height).toBeLessThan(60);
    await page.locator('textarea').fill('');
    await press(page, words.before);
    await page.getByRole('heading', { name: panels.before, exact: true }).waitFor();
    expect(await page.locator('.unchecked [lang=en][dir=ltr]').allInnerTexts()).toEqual(
      tag === 'sv' || tag === 'en' ? [] : [en.panels.beforeText.secrecy, en.panels.beforeText.danger],
    );
    await see('2-before');
    await press(page, panels.back);
    await press(page, words.hide);
    await page.getByRole('heading', { name: `${new Date().getFullYear()}` }).waitFor();
    await see('3-hidden');
    await page.goto(`${chat().publicUrl}/chat/plain?lang=${tag === 'sv' ? 'en' : 'sv'}`);
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByText(panels.leavingText.screen).waitFor();
    expect(await page.locator('.unchecked').count()).toBe(tag === 'sv' || tag === 'en' ? 0 : 1);
    await see('4-plain');
  });

test('another language keeps the conversation, the draft and the line one was reading; the server is told', async () => {
  const page = await open();
  const thread = await say(page, 'hej');
  for (let i = 0; i < 30; i++) await chat().say(thread, { text: `rad ${i}` });
  await page.getByText('rad 29', { exact: true }).first().waitFor();
  await field(page).fill('halvskriv');
  const written = await bubbles(page);
  const middle = page.locator('ol .bubble').getByText('rad 12', { exact: true });
  // Older Safari has no scroll anchoring that would do it by itself.
  await page.locator('.scroll').evaluate((e: HTMLElement) => e.style.setProperty('overflow-anchor', 'none'));
  await middle.evaluate((it) => it.scrollIntoView({ block: 'start' }));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const top = async () => (await middle.boundingBox())?.y ?? Number.NaN;
  const [before, edge] = [await top(), await page.locator('.scroll').evaluate((e) => e.getBoundingClientRect().top)];
  const headGrew = async () => (await page.locator('.scroll').evaluate((e) => e.getBoundingClientRect().top)) - edge;
  for (const tag of ['ar', 'ti', 'sv'] as const) {
    await choose(page, tag);
    expect(await html(page)).toEqual([tag, directionOf(tag)]);
    expect(await bubbles(page)).toEqual(written);
    expect(await page.locator('textarea').inputValue()).toBe('halvskriv');
    expect(Math.abs((await top()) - before - (await headGrew()))).toBeLessThan(2);
    await soon(() => expect(chat().acted).toContain(`language ${tag}`));
    expect(await threadOf(page)).toBe(thread);
  }
  await choose(page, 'ar');
  await page.reload();
  await soon(async () => expect(await html(page)).toEqual(['ar', 'rtl']));
  await soon(async () => expect(await bubbles(page)).toEqual(written));
});

test('an open panel goes on in the other language, where one was in it', async () => {
  const page = await open();
  await say(page, 'hej');
  await press(page, 'Mer');
  await press(page, 'Spara en kod');
  await press(page, 'Visa min kod');
  const code = await page.locator('.code').innerText();
  await choose(page, 'ar');
  await page.getByRole('heading', { name: ar.panels.save }).waitFor();
  await page.getByRole('button', { name: ar.panels.saved }).waitFor();
  expect(await page.locator('.code').innerText()).toBe(code);
  await look(page, 'ar-5-code');
});

test('a language that cannot be fetched leaves everything as it was and says so', async () => {
  const page = await open();
  await page.context().setOffline(true);
  await page.locator('select').selectOption('fa');
  await page.getByText('Ingen kontakt just nu').waitFor();
  expect([await html(page), await page.locator('select').inputValue()]).toEqual([['sv', 'ltr'], 'sv']);
  await page.context().setOffline(false);
  await choose(page, 'fa');
  await page.getByPlaceholder(fa.words.write).waitFor();
});

test('in Arabic at 320 px numbers read from the left, names in a list from the right, and one’s own words are at the other side', async () => {
  const page = await open({ ...PHONE, locale: 'ar' });
  const own = page.locator('textarea');
  expect(await own.evaluate((e) => getComputedStyle(e).direction)).toBe('rtl');
  await own.fill('Jag bor i Husby');
  expect(await own.evaluate((e) => getComputedStyle(e).direction)).toBe('ltr');
  await press(page, ar.words.send);
  await page.getByText(ar.words.sent, { exact: true }).waitFor();
  const thread = await threadOf(page);
  const text =
    'Husby، Rinkeby، Tensta: هذه مناطق في Järva (Stockholm). اتصل بالرقم 116 111 أو 020-50 50 50.\n\nCall 116 111.';
  await chat().say(thread, { text, language: 'ar' });
  const [arabic, english] = [page.locator('.bot .bubble').nth(-2), page.locator('.bot .bubble').nth(-1)];
  await arabic.getByRole('link', { name: '116 111' }).waitFor();
  const x = await Promise.all(['Husby', 'Rinkeby', 'Tensta'].map((name) => leftOf(arabic, name)));
  expect(x).toEqual([...x].sort((a, b) => b - a));
  for (const number of await arabic.getByRole('link').all()) {
    const [first, last] = ((await number.textContent()) ?? '').match(/^\d+|\d+$/g) ?? [];
    expect(await leftOf(number, `${first}`)).toBeLessThan(await leftOf(number, ` ${last}`));
  }
  const direction = (bubble: Locator) => bubble.evaluate((e) => getComputedStyle(e).direction);
  expect([await direction(arabic), await direction(english)]).toEqual(['rtl', 'ltr']);
  const mine = await page.locator('.visitor .bubble').boundingBox();
  const theirs = await arabic.boundingBox();
  expect(mine?.x).toBeLessThan(theirs?.x ?? 0);
  await look(page, 'ar-6-talk');
});

test('one’s own Arabic in the Swedish page runs from the right, and a mixed-up line too when the bot wrote it in Arabic', async () => {
  const page = await open();
  const thread = await say(page, 'أسكن في Husby');
  await chat().say(thread, { text: 'Bris: 116 111 يرد على من هم دون 18.', language: 'ar' });
  await page.getByRole('link', { name: '116 111' }).last().waitFor();
  for (const bubble of await page.locator('ol .bubble').all())
    expect(await bubble.evaluate((e) => getComputedStyle(e).direction)).toBe('rtl');
});

for (const [tag, texts] of [
  ['ar', ar],
  ['ti', ti],
  ['so', catalogue.so],
] as const)
  test(`waiting, closed and with a worker in ${texts.name} at 320 px: the clock as Sweden writes it, a Swedish name in its place`, async () => {
    Object.assign(line, { ahead: 1, opensAt: new Date('2026-11-23T07:00:00Z') });
    const page = await open({ ...PHONE, locale: tag, colorScheme: 'dark' });
    await page.locator('textarea').fill('Husby');
    await press(page, texts.words.send);
    await page.getByText(texts.words.sent, { exact: true }).waitFor();
    const thread = await threadOf(page);
    await chat().say(thread, { text: '112' }, { owner: 'waiting', waitingSince: new Date() });
    await page.getByRole('status').getByText(`${texts.words.days[1]} 08:00`).waitFor();
    await look(page, `${tag}-7-waiting`);
    expect(await overflow(page)).toBe(0);
    const sara = { id: 'wrk_sara', tenantId: 't', objectId: 'sara', name: 'Sara', role: 'worker' as const };
    await chat().db.insert(worker).values(sara).onConflictDoNothing();
    const held = { owner: 'worker' as const, workerId: sara.id, claimToken: 'c' };
    await chat().say(thread, { author: 'worker', text: 'Hej, jag är Sara.', meta: { workerName: 'Sara' } }, held);
    await page.getByText(texts.words.worker.replace('{}', 'Sara')).first().waitFor();
    await look(page, `${tag}-8-worker`);
    expect(await overflow(page)).toBe(0);
  });
