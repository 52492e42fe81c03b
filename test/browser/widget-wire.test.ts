import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWire, type Wire } from '../support/open-wire.ts';
import { bubbles, field, PHONE, press, soon, threadOf, widgetStage } from './widget-stage.ts';

const PORT = 21_000 + (process.pid % 9_000);
const { chat, open, restart } = widgetStage({
  hosts: [`http://127.0.0.1:${PORT}`],
  through: `http://127.0.0.1:${PORT}`,
});
let wire: Wire;

beforeAll(async () => {
  wire = await openWire(PORT, Number(new URL(chat().publicUrl).port));
});
afterEach(() => {
  wire.release();
  wire.up();
});
afterAll(() => wire?.stop());

/** The first window of TCP is ten segments; this is less than three. */
const FIRST_BYTES = 4_000;

const APP_IS_HERE = `document.documentElement.onclick === null`;

/** The beginning of the page is here, the script that ends it is not. */
async function openHalf(act: (page: Page) => Promise<void>): Promise<Page> {
  wire.hold(FIRST_BYTES);
  const page = await open({ viewport: { width: 320, height: 640 }, locale: 'sv-SE' }, '/chat', 'commit');
  await field(page).waitFor();
  await act(page);
  expect(await page.evaluate(APP_IS_HERE)).toBe(false);
  wire.release();
  return page;
}

test('with the first 4 kB one can write; what is written before the script is here stays, under the same cursor', async () => {
  const page = await openHalf(async (half) => {
    await field(half).fill('hej, jag');
    await half.keyboard.press('ArrowLeft');
  });
  // Asked from outside: the page's own policy lets nothing look again from within.
  await soon(async () => expect(await page.evaluate(APP_IS_HERE)).toBe(true));
  await page.keyboard.type('!');
  expect(await field(page).inputValue()).toBe('hej, ja!g');
  await page.reload();
  await soon(async () => expect(await field(page).inputValue()).toBe('hej, ja!g'));
});

test('what is sent before the script is here is sent when it is, once', async () => {
  const page = await openHalf(async (half) => {
    await field(half).fill('bråttom');
    await press(half, 'Sänd');
    expect(await field(half).inputValue()).toBe('bråttom');
  });
  await page.getByText('Skickat').waitFor();
  expect(await bubbles(page)).toEqual(['bråttom']);
  expect((await chat().head(await threadOf(page)))?.lastSeq).toBe(1);
});

test('a situation that is tapped before the script is here is sent when it is, once, and what was written stays', async () => {
  const page = await openHalf(async (half) => {
    await field(half).fill('och en sak till');
    await press(half, 'De vill ha pengar');
    await press(half, 'Jag vill ut');
    await half.getByText('En chattbot svarar först', { exact: false }).first().click();
    expect(await half.locator('.welcome .choices button').count()).toBe(5);
  });
  await page.getByText('Skickat').waitFor();
  expect(await bubbles(page)).toEqual(['Jag vill ut']);
  expect(await page.locator('.welcome .choices').count()).toBe(0);
  expect(await field(page).inputValue()).toBe('och en sak till');
  expect((await chat().head(await threadOf(page)))?.lastSeq).toBe(1);
});

test('a situation and then the field’s button before the script is here are two messages in that order', async () => {
  const page = await openHalf(async (half) => {
    await field(half).fill('de hotar mig');
    await press(half, 'De vill ha pengar');
    await press(half, 'Sänd');
  });
  await soon(async () => expect(await onServer(page)).toEqual(['De vill ha pengar', 'de hotar mig']));
});

test('a page that is opened anew in a conversation shows no situations, and nothing of the card twice', async () => {
  const page = await open();
  await press(page, 'De vill ha pengar');
  await page.getByText('Skickat').waitFor();
  wire.cut();
  wire.hold(FIRST_BYTES);
  await page.goto(`${wire.url}/chat?lang=sv`, { waitUntil: 'commit' });
  await field(page).waitFor({ state: 'attached' });
  expect(await page.locator('body').isVisible()).toBe(false);
  wire.release();
  await page.getByText('Skickat').waitFor();
  expect(await page.locator('.welcome .choices').count()).toBe(0);
  const parts = await page.locator('.welcome > *').evaluateAll((all) => all.map((e) => e.tagName).join(' '));
  expect(parts).toMatch(/^(P )+(BUTTON ){4}DETAILS$/);
});

test('leaving before the script is here leaves as soon as it is', async () => {
  const page = await openHalf((half) => press(half, 'Lämna sidan snabbt'));
  await page.waitForURL('**/weather');
});

test('a page that was hidden shows nothing when it is reloaded, not even for as long as its script takes', async () => {
  const page = await open();
  await press(page, 'Göm');
  wire.cut();
  wire.hold(FIRST_BYTES);
  await page.reload({ waitUntil: 'commit' });
  await field(page).waitFor({ state: 'attached' });
  expect(await page.locator('body').isVisible()).toBe(false);
  wire.release();
  await page.getByRole('button', { name: 'Tillbaka' }).waitFor();
  expect(await page.locator('.chat').isVisible()).toBe(false);
});

const onServer = async (page: Page): Promise<string[]> => {
  const { token, conversation } = await page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}'));
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${chat().directLine}/conversations/${conversation}/activities`, { headers });
  const { activities } = await answer.json();
  return activities.flatMap((a: { type: string; text: string }) => (a.type === 'message' ? a.text : []));
};

/** Numbers that look random and are the same every time. */
const chances = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

for (const seed of [1, 2])
  test(`cut ${seed}: the network breaks forty times at any byte, and the list is the server’s, in order (F20, F22, F24)`, async () => {
    const chance = chances(seed);
    const page = await open();
    await field(page).fill('start');
    await press(page, 'Sänd');
    await page.getByText('Skickat').waitFor();
    const thread = await threadOf(page);
    const mine = ['start'];
    for (let i = 0; i < 40; i++) {
      if (chance() < 0.3) {
        mine.push(`ord ${i}`);
        await field(page).fill(`ord ${i}`);
        await press(page, 'Sänd');
      }
      if (chance() < 0.5) await chat().say(thread, { text: `svar ${i}` });
      await page.waitForTimeout(chance() * 120);
      wire.cut();
    }
    const all = async () => (await onServer(page)).filter((text) => !text.startsWith('svar'));
    await soon(async () => expect(await all()).toEqual(mine), 30_000);
    const list = await onServer(page);
    await soon(async () => expect(await bubbles(page)).toEqual(list), 2_500);
    expect(new Set(list).size).toBe(list.length);
  }, 90_000);

/** Within 2 s the page says what the server has, all of it sent, and that there is contact. */
const isWhole = (page: Page) =>
  soon(async () => {
    expect(await bubbles(page)).toEqual(['före', 'svar under tiden', 'under']);
    expect(await onServer(page)).toEqual(['före', 'svar under tiden', 'under']);
    expect(await page.locator('.visitor small').last().innerText()).toBe('Skickat');
    expect(await page.locator('.offline').count()).toBe(0);
  }, 2_000);

/** One has written and been heard, and then the line is down: what is said to one does not come. */
async function cutOff(page: Page): Promise<void> {
  await field(page).fill('före');
  await press(page, 'Sänd');
  await page.getByText('Skickat').waitFor();
  const thread = await threadOf(page);
  wire.down();
  await chat().say(thread, { text: 'svar under tiden' });
}
async function writeUnheard(page: Page): Promise<void> {
  await field(page).fill('under');
  await press(page, 'Sänd');
  await page.getByText('Inte skickat.').waitFor();
}

/** Time passes on the page, half a second at a go; whatever it asks for meanwhile is given the time to fail. */
async function pass(page: Page, ms: number): Promise<void> {
  const asked = new Set<Request>();
  page.on('request', (request) => asked.add(request));
  page.on('requestfailed', (request) => asked.delete(request));
  page.on('requestfinished', (request) => asked.delete(request));
  for (let passed = 0; passed < ms; passed += 500) {
    await page.clock.runFor(500);
    await soon(() => expect(asked.size).toBe(0));
  }
}

test('the server restarts on its port while one writes: within 2 s of its return the list is whole, and nothing has told the page', async () => {
  const page = await open(PHONE, 'about:blank');
  await page.clock.install();
  await page.goto(`${wire.url}/chat`);
  await cutOff(page);
  await restart(async () => {
    wire.up();
    await writeUnheard(page);
    // Long enough for a client that asks ever more rarely to be asleep when the server is back.
    await pass(page, 18_000);
  });
  await isWhole(page);
}, 45_000);

test('the network is back and the browser says so: within 2 s the list is whole', async () => {
  const page = await open();
  await cutOff(page);
  await writeUnheard(page);
  wire.up();
  await page.evaluate(() => void dispatchEvent(new Event('online')));
  await isWhole(page);
});

test('on a slow, thin network messages come in order, once', async () => {
  const page = await open();
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const thin = { latency: 400, downloadThroughput: 5_000, uploadThroughput: 5_000 };
  await client.send('Network.emulateNetworkConditions', { offline: false, ...thin });
  const words = ['ett', 'två', 'tre', 'fyra'];
  for (const word of words) {
    await field(page).fill(word);
    await press(page, 'Sänd');
  }
  await soon(async () => expect(await page.locator('.visitor small').last().innerText()).toBe('Skickat'), 15_000);
  expect(await onServer(page)).toEqual(words);
  expect(await bubbles(page)).toEqual(words);
});
