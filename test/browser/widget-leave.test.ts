import { expect, test } from 'vitest';
import { DESK, field, PHONE, press, say, soon, TRACES, widgetStage } from './widget-stage.ts';

const { chat, open, look } = widgetStage();
const LEAVE = 'Lämna sidan snabbt';

test('leaving covers the screen in the same frame, before the neutral page has come', async () => {
  const page = await open();
  await say(page, 'hemligt kassaskåp');
  await page.route('**/weather', () => {});
  const seen = await page.evaluate(`(() => {
    document.querySelector('.leave').click();
    const { hidden } = document.documentElement;
    return [hidden, getComputedStyle(document.documentElement).display, document.body.textContent, sessionStorage.length];
  })()`);
  expect(seen).toEqual([true, 'none', '', 0]);
});

test('after leaving, Back, Forward and reopening show none of it; storage, caches and history are empty of it; the token is dead', async () => {
  const page = await open(PHONE, '/weather');
  await page.goto(`${chat().publicUrl}/chat`);
  await say(page, 'hemligt kassaskåp');
  await field(page).fill('halvt hemligt');
  const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}').token);
  const thread = await page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}').conversation);
  const before = await page.evaluate(() => history.length);
  await press(page, LEAVE);
  await page.waitForURL('**/weather');
  expect(await page.evaluate(() => history.length)).toBe(before);
  await soon(() => expect(chat().acted).toContain('leave'));
  await soon(async () => {
    const read = await fetch(`${chat().directLine}/conversations/${thread}/activities`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(read.status).toBe(403);
  });
  for (const move of ['goBack', 'goForward', 'goBack'] as const) {
    await page[move]().catch(() => null);
    expect(page.url()).toContain('/weather');
    expect(await page.evaluate(TRACES)).not.toMatch(/hemligt|kassaskåp/);
  }
  await page.goto(`${chat().publicUrl}/chat`);
  await field(page).waitFor();
  expect(await page.evaluate(TRACES)).not.toMatch(/hemligt|kassaskåp/);
  expect(await field(page).inputValue()).toBe('');
});

test('an older chat page of the same tab, kept by the browser, shows nothing when one comes back to it by Back', async () => {
  const page = await open(PHONE, '/chat');
  await say(page, 'hemligt kassaskåp');
  await page.goto(`${chat().publicUrl}/chat?lang=sv`);
  await page.getByText('hemligt kassaskåp').first().waitFor();
  await press(page, LEAVE);
  await page.waitForURL('**/weather');
  await page.goBack().catch(() => null);
  await soon(async () => {
    const text = await page.evaluate(() => (document.documentElement.hidden ? '' : document.body.innerText));
    expect(text).not.toMatch(/hemligt|Chattbot|socialsekreterare/);
    expect(await page.title()).not.toMatch(/[Cc]hatt.+/);
  });
});

test('a page that the browser kept whole, words and all, goes away when it is shown again after leaving elsewhere in the tab', async () => {
  const page = await open();
  await say(page, 'hemligt kassaskåp');
  // This Chromium keeps no page that says no-store; others may: what it would do is done by hand.
  const shown = await page.evaluate(`(() => {
    sessionStorage.clear();
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    return document.documentElement.hidden + document.body.textContent;
  })()`);
  expect(shown).toBe('true');
  await page.waitForURL('**/weather');
});

test('arriving by Back where nothing is kept shows a calendar, and one touch opens the chat', async () => {
  const page = await open();
  await page.goto(`${chat().publicUrl}/weather`);
  await page.evaluate(() => new Promise((next) => setTimeout(next, 50)));
  await page.goBack();
  await page.getByRole('button', { name: 'Tillbaka' }).waitFor();
  expect(await page.title()).toBe('Kalender');
  await press(page, 'Tillbaka');
  await field(page).waitFor();
});

test('Shift three times within five seconds leaves, left and right mixed', async () => {
  const page = await open(DESK);
  await say(page, 'hej');
  await page.locator('.scroll').focus();
  for (const key of ['ShiftLeft', 'ShiftRight', 'ShiftLeft']) await page.keyboard.press(key);
  await page.waitForURL('**/weather');
});

test('Shift never leaves while one types, with keys between, held down, or slower than five seconds', async () => {
  const page = await open(DESK);
  const thrice = async (between?: () => Promise<unknown>) => {
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('ShiftLeft');
      await between?.();
    }
  };
  await field(page).focus();
  await thrice();
  await page.keyboard.type('ABC DEF');
  await page.locator('.scroll').focus();
  await thrice(() => page.keyboard.press('Tab'));
  await page.locator('.scroll').focus();
  for (let i = 0; i < 6; i++) await page.keyboard.down('ShiftLeft');
  await page.keyboard.up('ShiftLeft');
  await page.keyboard.press('Escape');
  // The events' own time is what counts: two presses now, one that says it came later.
  await page.evaluate(`[0, 4000, 5100].forEach((at) => {
    const press = new KeyboardEvent('keydown', { key: 'Shift', bubbles: true });
    Object.defineProperty(press, 'timeStamp', { value: 1000 + at });
    document.body.dispatchEvent(press);
  })`);
  expect(page.url()).toContain('/chat');
  expect(await field(page).inputValue()).toBe('ABC DEF');
  await press(page, 'Jag har en kod');
  await page.getByLabel('Skriv din kod').focus();
  await thrice();
  await page.locator('select').focus();
  await thrice();
  expect(page.url()).toContain('/chat');
});

test('the explanation says what leaving does and does not do, and leaving is in reach from it', async () => {
  const page = await open();
  await press(page, 'Så lämnar du fort');
  await page.getByText('Att lämna rensar inte historiken.').waitFor();
  await page.getByText('Shift tre gånger inom fem sekunder').waitFor();
  await look(page, 'leave-explained');
  await press(page, LEAVE);
  await page.waitForURL('**/weather');
});

test('without JavaScript leaving is a link and the explanation a page', async () => {
  const page = await open({ ...PHONE, javaScriptEnabled: false });
  await page.waitForURL('**/chat/plain?lang=sv');
  expect(await page.innerText('body')).toContain('Att lämna rensar inte historiken.');
  await page.getByRole('link', { name: LEAVE }).click();
  await page.waitForURL('**/weather');
});

test('“someone is coming”: one touch shows a calendar, also after a reload; one touch brings the chat back, draft and all', async () => {
  const page = await open();
  const thread = await say(page, 'hej');
  await field(page).fill('halvskri');
  const covered = await page.evaluate(`(() => {
    [...document.querySelectorAll('button')].find((b) => b.textContent === 'Göm').click();
    return document.title + document.body.innerText;
  })()`);
  expect(covered).toMatch(/^Kalender/);
  expect(covered).not.toMatch(/hej|halvskri|hatt/);
  await chat().say(thread, { text: 'medan någon tittade' });
  await look(page, 'covered');
  await page.reload();
  await page.getByRole('button', { name: 'Tillbaka' }).waitFor();
  expect(await page.innerText('body')).not.toContain('hej');
  await press(page, 'Tillbaka');
  await page.locator('ol .bubble').getByText('medan någon tittade').waitFor();
  expect(await field(page).inputValue()).toBe('halvskri');
});

test('title and icon say nothing, whatever happens in the chat, in a panel, on the plain page and behind the calendar', async () => {
  const page = await open();
  const titles = new Set<string>();
  const see = async () => {
    titles.add(await page.title());
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('data:,');
  };
  await see();
  const thread = await say(page, 'hemligt uppdrag');
  await see();
  await chat().say(thread, { text: 'Ring 112.' }, { owner: 'waiting', waitingSince: new Date() });
  await page.getByText('Ring 112.').first().waitFor();
  await see();
  await press(page, 'Så lämnar du fort');
  await page.getByRole('heading', { name: 'Så lämnar du fort' }).waitFor();
  await see();
  await page.context().setOffline(true);
  await chat().say(thread, { text: 'medan nätet var borta' });
  await see();
  await page.context().setOffline(false);
  await press(page, 'Göm');
  await see();
  await page.goto(`${chat().publicUrl}/chat/plain`);
  await see();
  expect([...titles].sort()).toEqual(['Chatt', 'Kalender']);
});

test('words are in the tab’s storage only while the page is out of sight or on its way out: browsers copy it to the disk', async () => {
  const page = await open();
  await say(page, 'hemligt uppdrag');
  await page.context().setOffline(true);
  await press(page, 'Sänd');
  await field(page).fill('osänt hemligt');
  await press(page, 'Sänd');
  await field(page).fill('halvt hemligt');
  const kept = () => page.evaluate(() => JSON.stringify(sessionStorage));
  expect(await kept()).toContain('token');
  expect(await kept()).not.toContain('hemligt');
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  // A phone may end a tab that is out of sight without another word.
  await hide(true);
  expect(await kept()).toMatch(/halvt hemligt.*osänt hemligt/);
  await hide(false);
  expect(await kept()).not.toContain('hemligt');
});
