import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bubbles, field, press, say, soon, threadOf, widgetStage } from './widget-stage.ts';

const { chat, open } = widgetStage();

/** What the server has, as anybody with the token reads it. */
async function onServer(page: Page): Promise<string[]> {
  const { token, conversation } = await page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}'));
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${chat().directLine}/conversations/${conversation}/activities`, { headers });
  const { activities } = await answer.json();
  return activities.flatMap((a: { type: string; text: string }) => (a.type === 'message' ? a.text : []));
}

/** Within 2 s of the network's return, without a reload. */
const isEqual = (page: Page, withinMs = 2_500) =>
  soon(async () => expect(await bubbles(page)).toEqual(await onServer(page)), withinMs);

/** As the phone does: out of sight, no network, and back. */
async function sleep(page: Page, sleptMs: number, meanwhile: () => Promise<unknown>): Promise<void> {
  await page.context().setOffline(true);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await meanwhile();
  chat().time.offsetMs += sleptMs;
  await page.context().setOffline(false);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

for (const minutes of [2, 31, 12 * 60, 4 * 24 * 60])
  test(`a phone that slept ${minutes} minutes goes on with the same conversation and has missed nothing`, async () => {
    const page = await open();
    const thread = await say(page, 'före');
    await sleep(page, minutes * 60_000, () => chat().say(thread, { text: 'medan du sov' }));
    await soon(async () => expect(await bubbles(page)).toEqual(['före', 'medan du sov']), 2_500);
    await say(page, 'efter');
    expect(await threadOf(page)).toBe(thread);
    await isEqual(page);
    expect(await page.getByRole('log').locator('p').count()).toBe(1);
  });

test('after longer than a tab’s key lives the conversation has ended, and the next word opens a new one', async () => {
  const page = await open();
  const thread = await say(page, 'före');
  await sleep(page, 6 * 24 * 3_600_000, async () => {});
  await page.getByText('Samtalet är avslutat. Skriv om du vill börja igen.').waitFor();
  await field(page).fill('efter');
  await press(page, 'Sänd');
  await soon(async () => expect(await bubbles(page)).toEqual(['före', 'efter']));
  await soon(async () => expect(await threadOf(page)).not.toBe(thread));
});

test('what the old conversation took is not sent to the new one and keeps its place, also when its echo never came', async () => {
  const page = await open();
  await page.routeWebSocket('**/stream**', () => {});
  await say(page, 'före');
  await sleep(page, 6 * 24 * 3_600_000, async () => {});
  await page.getByText('Samtalet är avslutat. Skriv om du vill börja igen.').waitFor();
  await say(page, 'efter');
  expect(await bubbles(page)).toEqual(['före', 'efter']);
  await page.reload();
  await isEqual(page);
  expect(await onServer(page)).toEqual(['efter']);
});

test('what was written while the token ran out is sent once, in order, to the same conversation', async () => {
  const page = await open();
  const thread = await say(page, 'ett');
  await sleep(page, 31 * 60_000, async () => {
    for (const text of ['två', 'tre']) {
      await field(page).fill(text);
      await press(page, 'Sänd');
    }
  });
  await soon(async () => expect(await onServer(page)).toEqual(['ett', 'två', 'tre']), 4_000);
  await isEqual(page);
  expect((await chat().head(thread))?.lastSeq).toBe(3);
});

test('two tabs of one conversation show the same list, in the server’s order, whoever writes', async () => {
  const page = await open();
  const thread = await say(page, 'från ett');
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(() => void window.open('/chat')),
  ]);
  await other.getByText('från ett').first().waitFor();
  expect(await threadOf(other)).toBe(thread);
  await Promise.all([say(page, 'a'), say(other, 'b'), chat().say(thread, { text: 'svar' })]);
  await isEqual(page);
  await isEqual(other);
  expect(await onServer(page)).toHaveLength(4);
});

test('leaving in one tab wipes the other', async () => {
  const page = await open();
  await say(page, 'hemligt');
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(() => void window.open('/chat')),
  ]);
  await other.getByText('hemligt').first().waitFor();
  await press(page, 'Lämna sidan snabbt');
  await soon(async () => expect(await other.innerText('body')).not.toContain('hemligt'));
  expect(await other.evaluate(() => sessionStorage.length)).toBe(0);
});

test('cut at random, with half of the answers lost on the way, the list is the server’s: nothing lost, nothing double (F20, F22, F24)', async () => {
  const page = await open();
  const thread = await say(page, 'start');
  let calls = 0;
  await page.route('**/activities', async (route) => {
    if (route.request().method() !== 'POST' || ++calls % 2 === 0) return route.continue();
    await route.fetch();
    await route.abort();
  });
  for (let i = 0; i < 6; i++) {
    await field(page).fill(`ord ${i}`);
    await press(page, 'Sänd');
    if (i % 2 === 0) chat().streams.stop();
    await chat().say(thread, { text: `svar ${i}` });
    if (i === 3) {
      await page.context().setOffline(true);
      await chat().say(thread, { text: 'under avbrottet' });
      await page.context().setOffline(false);
    }
  }
  await soon(async () => expect(await onServer(page)).toHaveLength(14), 20_000);
  await isEqual(page);
  const mine = (await onServer(page)).filter((text) => text.startsWith('ord'));
  expect(mine).toEqual(['ord 0', 'ord 1', 'ord 2', 'ord 3', 'ord 4', 'ord 5']);
});
