import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { axeFinds } from './axe.ts';
import { ask, firefoxStage, inFirefox, press, say } from './firefox-stage.ts';
import { soon, TRACES } from './widget-stage.ts';

const LEAVE = 'Lämna sidan snabbt';
/** Letters that no other word has, so that a compressed file cannot hide them either. */
const SENT = 'zqkvastfjonk';
const DRAFT = 'xwgrumsvyrk';

const WORDS = new RegExp(`${SENT}|${DRAFT}`);

const MOVES = [
  ['history.back()', '/weather?before'],
  ['history.forward()', '/weather'],
  ['history.back()', '/weather?before'],
] as const;
const at = (page: Page, place: string) => soon(() => expect(page.url()).toContain(place));
const bubbles = (page: Page) => page.$$eval('.chat ol .bubble', (all) => all.map((line) => line.textContent));

inFirefox('in Firefox', () => {
  const { chat, open, openWithoutScripts, traces, history } = firefoxStage();

  const ways: [string, (page: Page) => Promise<unknown>][] = [
    ['the button', (page) => press(page, LEAVE)],
    [
      'Shift three times, left and right mixed',
      async (page) => {
        await page.focus('.scroll');
        for (const key of ['ShiftLeft', 'ShiftRight', 'ShiftLeft'] as const) await page.keyboard.press(key);
      },
    ],
  ];
  test.each(ways)(
    'left by %s: Back, reload and reopening show none of it, nothing keeps it, the token is dead',
    async (_name, leave) => {
      const page = await open();
      const { token, conversation } = await say(page, SENT);
      await page.locator('textarea').fill(DRAFT);
      const before = await page.evaluate(() => history.length);
      await leave(page);
      await at(page, '/weather');
      expect(await page.evaluate(() => history.length)).toBe(before);
      await soon(async () => {
        const read = await fetch(`${chat().directLine}/conversations/${conversation}/activities`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(read.status).toBe(403);
      });
      for (const [move, place] of MOVES) {
        await ask(page, `void setTimeout(() => ${move}, 0)`);
        await soon(async () => {
          expect(await ask(page, 'location.href')).toBe(chat().publicUrl + place);
          expect(await ask(page, TRACES)).not.toMatch(WORDS);
        });
      }
      await page.reload();
      expect(await ask(page, TRACES)).not.toMatch(WORDS);
      await page.goto(`${chat().publicUrl}/chat`);
      await page.waitForSelector('textarea');
      expect(await ask(page, TRACES)).not.toMatch(WORDS);
      const other = await open();
      expect(await ask(other, TRACES)).not.toMatch(WORDS);
    },
  );

  test('the screen is covered in the same frame, before the neutral page has come', async () => {
    const page = await open();
    await say(page, SENT);
    const seen = await ask(
      page,
      `(() => {
        document.querySelector('.leave').click();
        const { hidden } = document.documentElement;
        return JSON.stringify([hidden, document.body.textContent, sessionStorage.length]);
      })()`,
    );
    expect(seen).toBe('[true,"",0]');
    await at(page, '/weather');
  });

  test('no file of the browser’s has a word of it, before and after leaving; its history knows titles that say nothing', async () => {
    const page = await open();
    const { conversation } = await say(page, SENT);
    await page.locator('textarea').fill(DRAFT);
    // Firefox copies a tab's storage to the disk for its next start, and a closed tab's stays there: the scan can see.
    // On a busy machine it may miss the one change there was: it is given others.
    const others = setInterval(() => void page.evaluate(() => sessionStorage.setItem('again', `${Date.now()}`)), 1_000);
    await soon(() => expect(traces(conversation).join()).toContain('sessionstore'), 20_000).finally(() =>
      clearInterval(others),
    );
    expect([...traces(SENT), ...traces(DRAFT)]).toEqual([]);
    await press(page, LEAVE);
    await at(page, '/weather');
    await page.close();
    const next = await open('/weather');
    await soon(() => expect(traces(next.url()).join()).toContain('sessionstore'), 20_000);
    expect([...traces(SENT), ...traces(DRAFT)]).toEqual([]);
    await soon(() => expect(history()).toContainEqual({ url: `${chat().publicUrl}/chat`, title: 'Chatt' }), 10_000);
    expect(JSON.stringify(history())).not.toMatch(WORDS);
  });

  test('“someone is coming” shows a calendar, also after a reload, and keeps the chat behind it, draft and all', async () => {
    const page = await open();
    await say(page, SENT);
    await page.locator('textarea').fill(DRAFT);
    await press(page, 'Göm');
    expect(await ask(page, 'document.title + document.body.innerText')).toMatch(/^Kalender/);
    expect(await ask(page, 'document.title + document.body.innerText')).not.toMatch(WORDS);
    expect(await axeFinds(page)).toEqual([]);
    await page.reload();
    await soon(async () => expect(await ask(page, 'document.title + document.body.innerText')).toMatch(/^Kalender/));
    await press(page, 'Tillbaka');
    await soon(async () => expect(await bubbles(page)).toEqual([SENT]));
    expect(await ask(page, "document.querySelector('textarea').value")).toBe(DRAFT);
  });

  test('the first message is sent, the answer comes, and what is said while the stream is broken comes once, in order', async () => {
    const page = await open();
    expect(await axeFinds(page)).toEqual([]);
    const { conversation } = await say(page, 'hej');
    await chat().say(conversation, { text: 'Ring 112.' });
    await soon(async () => expect(await bubbles(page)).toEqual(['hej', 'Ring 112.']));
    chat().streams.stop();
    for (const text of ['ett', 'två']) await chat().say(conversation, { text });
    await soon(async () => expect(await bubbles(page)).toEqual(['hej', 'Ring 112.', 'ett', 'två']), 10_000);
    await say(page, 'hej igen');
    expect(await bubbles(page)).toEqual(['hej', 'Ring 112.', 'ett', 'två', 'hej igen']);
    expect(await axeFinds(page)).toEqual([]);
  });

  test('Shift in the field never leaves', async () => {
    const page = await open();
    await page.focus('textarea');
    for (const key of ['ShiftLeft', 'ShiftRight', 'ShiftLeft'] as const) await page.keyboard.press(key);
    await page.keyboard.type('kvar');
    expect(await ask(page, "location.pathname + document.querySelector('textarea').value")).toBe('/chatkvar');
  });

  test('without JavaScript there is the page of numbers, and leaving is its first link', async () => {
    const page = await openWithoutScripts();
    await at(page, '/chat/plain?lang=sv');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await at(page, '/weather');
  });

  test('Tigrinya has letters, from the system or our own font', async () => {
    const page = await open('/chat?lang=ti');
    expect(
      await ask(page, 'document.fonts.ready.then(() => document.fonts.check("17px system-ui, Ethiopic", "ሰላም"))'),
    ).toBe('true');
  });
});
