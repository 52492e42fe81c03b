import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { worker } from '../../db/schema/staff.ts';
import { DESK, field, PHONE, press, say, soon, threadOf, widgetStage } from './widget-stage.ts';

const opensAt = new Date('2026-11-23T07:00:00Z');
const line: { ahead: number; opensAt: Date | null } = { ahead: 2, opensAt: null };
const { chat, open, look } = widgetStage({ beatMs: 200, place: async () => line });
const CHOICES = ['Jag har fått ett uppdrag', 'De vill ha pengar'];

const wait = async (thread: string) => {
  await chat().say(thread, { text: 'Du står i kö.' }, { owner: 'waiting', waitingSince: new Date() });
  chat().hub.publish(`thread:${thread}`, { kind: 'changed' });
};
async function meetSara(thread: string): Promise<void> {
  const sara = { id: 'wrk_sara', tenantId: 't', objectId: 'sara', name: 'Sara', role: 'worker' as const };
  await chat().db.insert(worker).values(sara).onConflictDoNothing();
  const held = { owner: 'worker' as const, workerId: sara.id, claimToken: 'c' };
  await chat().say(thread, { author: 'worker', text: 'Hej, jag är Sara.', meta: { workerName: 'Sara' } }, held);
  chat().hub.publish(`thread:${thread}`, { kind: 'changed' });
}
const announced = (page: Page) => page.getByRole('log').locator('p').allInnerTexts();
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What a keyboard can do here: names in the order of Tab, each seen to be focused and in sight. */
async function walk(page: Page, steps: number): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate(() => {
        const on = document.activeElement;
        if (!(on instanceof HTMLElement) || on === document.body) return '';
        const { outlineStyle, outlineWidth } = getComputedStyle(on.closest('label') ?? on);
        const at = on.getBoundingClientRect();
        const seen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
        const inSight = at.bottom > 0 && at.top < innerHeight;
        return `${on.getAttribute('aria-label') ?? on.textContent}${seen ? '' : ' UNSEEN'}${inSight ? '' : ' HIDDEN'}`;
      }),
    );
  }
  return names;
}

const SCHEMES: [string, object][] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['forced', { forcedColors: 'active' }],
];
for (const [scheme, options] of SCHEMES)
  test(`axe finds nothing in any state at 320 px, and nothing is wider than the screen (${scheme})`, async () => {
    line.opensAt = null;
    const page = await open({ ...PHONE, ...options });
    const see = async (state: string) => {
      await look(page, `${scheme}-${state}`);
      expect(await overflow(page), state).toBe(0);
    };
    await see('1-start');
    expect(await page.evaluate(() => document.querySelector('.scroll')?.scrollTop)).toBe(0);
    for (const [name, title, state] of [
      ['Läs mer innan du skriver', 'Innan du skriver', '2-before'],
      ['Så lämnar du fort', 'Så lämnar du fort', '3-leaving'],
      ['Jag har en kod', 'Jag har en kod', '4-return'],
      ['Möter du unga i jobbet?', 'Möter du unga i jobbet?', '4-work'],
    ] as const) {
      await press(page, name);
      await page.getByRole('heading', { name: title }).waitFor();
      await see(state);
      await press(page, 'Till chatten');
    }
    const thread = await say(page, 'hej, jag har fått ett uppdrag');
    const text = 'Tack för att du skriver.\n\nÄr det fara: ring 112, eller Bris 116 111.';
    await chat().say(thread, { text, meta: { choices: CHOICES.map((title) => ({ id: title, title })) } });
    await page.getByRole('button', { name: 'De vill ha pengar' }).waitFor();
    await see('5-reply');
    await wait(thread);
    await page.getByText('2 före dig').waitFor();
    await see('6-waiting');
    line.opensAt = opensAt;
    line.ahead = 1;
    await page.getByText('Vi är tillbaka måndag 08:00').waitFor();
    await see('7-night');
    await meetSara(thread);
    await page.getByText('En människa svarar: Sara, socialsekreterare.').waitFor();
    chat().hub.publish(`thread:${thread}`, { kind: 'typing', from: 'staff' });
    await page.getByText('Sara skriver …').waitFor();
    await see('8-worker');
    await page.context().setOffline(true);
    await field(page).fill('osänt');
    await press(page, 'Sänd');
    await page.getByText('Inte skickat.').waitFor();
    await see('9-failed');
    line.ahead = 2;
  });

test('waiting is honest: place in line, or when people answer; a code to come back with; never a minute, a countdown or a “seen”', async () => {
  Object.assign(line, { ahead: 2, opensAt: null });
  const page = await open();
  const thread = await say(page, 'en människa tack');
  await wait(thread);
  await page.getByText('Du står i kö. 2 före dig.').waitFor();
  line.ahead = 0;
  await page.getByText('Du står först i kön.').waitFor();
  await page.getByRole('button', { name: 'Spara en kod, så kan du stänga och komma tillbaka' }).click();
  await page.getByRole('button', { name: 'Visa min kod' }).waitFor();
  await press(page, 'Till chatten');
  expect(await page.innerText('body')).not.toMatch(/minut|sekund|sedd|läst(?!a)/i);
});

test('the card says in at most 60 words who reads, that a bot answers first, what is kept and for how long, when we must act, and 112', async () => {
  const page = await open();
  const card = (await page.locator('.welcome .bubble').allInnerTexts()).join(' ');
  expect(card.split(/\s+/).length).toBeLessThanOrEqual(60);
  for (const said of [
    /chattbot svarar först/,
    /Socialsekreterare/,
    /Vi sparar/,
    /Ingen dag är bestämd/,
    /måste vi ibland/,
    /112/,
  ])
    expect(card).toMatch(said);
  const words = card.match(/\p{L}+|\d+/gu) ?? [];
  const lix =
    words.length / (card.match(/[.!?](\s|$)/g) ?? []).length +
    (100 * words.filter((w) => w.length > 6).length) / words.length;
  expect(lix).toBeLessThanOrEqual(30);
  expect(await page.evaluate(() => sessionStorage.length + document.cookie.length)).toBe(0);
});

test('with the keyboard alone: every control in a sensible order, seen when focused; write, choose, open and close a panel', async () => {
  const page = await open(DESK);
  expect(await walk(page, 18)).toEqual([
    'Språk',
    'Göm',
    'Lämna sidan snabbt',
    'Meddelanden',
    '112',
    'Jag har fått ett uppdrag',
    'De vill ha pengar',
    'Min bror håller på att dras in',
    'Jag vill ut',
    'Jag jobbar i skola',
    'Läs mer innan du skriver',
    'Så lämnar du fort',
    'Jag har en kod',
    'Möter du unga i jobbet?',
    'Nummer att ringa',
    'Prata med en människa',
    'Mer',
    'Skriv här …',
  ]);
  await page.keyboard.type('hej');
  await page.keyboard.press('Enter');
  await page.getByText('Skickat').waitFor();
  const thread = await page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}').conversation);
  await chat().say(thread, {
    text: 'Vad gäller det?',
    meta: { choices: CHOICES.map((title) => ({ id: title, title })) },
  });
  await page.getByRole('button', { name: 'De vill ha pengar' }).waitFor();
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('De vill ha pengar');
  await page.keyboard.press('Enter');
  await page.locator('.visitor .bubble').getByText('De vill ha pengar').waitFor();
  await page.getByRole('button', { name: 'Mer', exact: true }).focus();
  await page.keyboard.press('Enter');
  await soon(async () => expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2'));
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Mer');
  expect((await walk(page, 7)).join(', ')).toBe(
    'Innan du skriver, Så lämnar du fort, Spara en kod, Jag har en kod, Det vi har sparat, Möter du unga i jobbet?, Till chatten',
  );
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Meddelanden');
});

test('each new message is announced once, with who says it; one’s own, history and a change of page are silent (F54)', async () => {
  const page = await open();
  await page.evaluate(`spoken = [];
    new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => spoken.push(n.textContent))))
      .observe(document.querySelector('[role=log]'), { childList: true, subtree: true, characterData: true })`);
  const spoken = () => page.evaluate<string[]>('spoken');
  const thread = await say(page, 'hej');
  for (const text of ['ett', 'två', 'tre']) await chat().say(thread, { text });
  await meetSara(thread);
  await soon(async () => expect(await spoken()).toHaveLength(4));
  chat().streams.stop();
  await chat().say(thread, { text: 'efter avbrottet' });
  await soon(async () => expect(await spoken()).toHaveLength(5));
  await say(page, 'hej igen');
  expect((await spoken()).map((text) => text.split(': ').at(-1))).toEqual([
    'ett',
    'två',
    'tre',
    'Hej, jag är Sara.',
    'efter avbrottet',
  ]);
  expect((await spoken())[0]).toBe('Chattbot, inte en människa: ett');
  expect((await spoken())[3]).toBe('Sara, socialsekreterare: Hej, jag är Sara.');
  await page.reload();
  await page.getByText('efter avbrottet').waitFor();
  expect(await announced(page)).toEqual([]);
});

test('at 200 and 400 % zoom, and above an on-screen keyboard, the field, sending and leaving are in sight', async () => {
  for (const viewport of [
    { width: 640, height: 512 },
    { width: 320, height: 256 },
    { width: 320, height: 300 },
  ]) {
    const page = await open({ ...DESK, viewport });
    await say(page, 'hej');
    expect(await overflow(page)).toBe(0);
    for (const control of [
      field(page),
      page.getByRole('button', { name: 'Sänd' }),
      page.getByRole('button', { name: 'Lämna sidan snabbt' }),
    ]) {
      const box = await control.boundingBox();
      expect(
        box && box.y >= 0 && box.y + box.height <= viewport.height && box.x + box.width <= viewport.width,
        JSON.stringify([viewport, box]),
      ).toBe(true);
    }
    await page.context().close();
  }
});

test('targets are at least 24 px, sending and leaving 44; the text is at least 16 px; nothing moves and nothing sounds', async () => {
  const page = await open();
  const thread = await say(page, 'hej');
  await chat().say(thread, { text: 'Ring 112.' });
  await page.locator('ol a').waitFor();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, textarea, summary')]
      .filter((e) => e.offsetParent && (e.offsetHeight < 24 || e.offsetWidth < 24))
      .map((e) => e.outerHTML),
  );
  expect(small).toEqual([]);
  for (const name of ['Sänd', 'Lämna sidan snabbt', 'Göm']) {
    const box = await page.getByRole('button', { name, exact: true }).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(44);
  }
  expect(await field(page).evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))).toBeGreaterThanOrEqual(16);
  const moves = await page.evaluate(
    () =>
      [...document.styleSheets]
        .flatMap((s) => [...s.cssRules])
        .filter((r) => /transition|animation|@keyframes/.test(r.cssText)).length,
  );
  expect([moves, await page.locator('audio, video').count()]).toEqual([0, 0]);
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).not.toMatch(/user-scalable|maximum-scale/);
});

test('an answer longer than the screen is shown from its beginning, where 112 stands, and the next short one from its end', async () => {
  const page = await open(PHONE);
  await say(page, 'hej');
  const thread = await threadOf(page);
  const long = [
    'Ring 112 nu.',
    ...Array.from({ length: 12 }, (_, i) => `Stycke ${i} med några ord till om vad man gör.`),
  ];
  await chat().say(thread, { text: long.join('\n\n') });
  chat().hub.publish(`thread:${thread}`, { kind: 'changed' });
  const inSight = (words: string) =>
    page
      .getByText(words, { exact: true })
      .last()
      .evaluate((line) => {
        const list = line.closest('.scroll')?.getBoundingClientRect();
        const { top, bottom } = line.getBoundingClientRect();
        return list !== undefined && top >= list.top - 1 && bottom <= list.bottom + 1;
      });
  await soon(async () => expect(await inSight('Ring 112 nu.')).toBe(true));
  await say(page, 'jag har ringt');
  await chat().say(thread, { text: 'Bra.' });
  chat().hub.publish(`thread:${thread}`, { kind: 'changed' });
  await soon(async () => expect(await inSight('Bra.')).toBe(true));
});
