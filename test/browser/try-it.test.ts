import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { openChromium } from '../support/open-chromium.ts';
import { until } from '../support/until.ts';

let house: TestHouse;
let browser: Browser;
let page: Page;
const elsewhere: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  house = await startHouse('embedded', { at: '2026-11-24T10:00:00+01:00' });
  browser = await openChromium();
  page = await browser.newPage({ viewport: { width: 1560, height: 900 }, locale: 'sv-SE' });
  page.on(
    'request',
    (r) => void (new URL(r.url()).origin === house.url || r.url().startsWith('data:') || elsewhere.push(r.url())),
  );
  page.on('console', (m) => void (m.type() === 'error' && complaints.push(m.text())));
  await page.goto(house.url);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('the three suggested things work by hand: the chat, the phone and the inbox are live side by side', async () => {
  const [chat, phone, inbox] = await Promise.all([frame('/chat'), frame('/dev/phone'), frame('/inbox/')]);

  const box = chat.getByRole('textbox');
  await box.fill('de säger att jag är skyldig pengar');
  await box.press('Enter');
  await chat.getByText('inte ditt fel').first().waitFor();
  await box.fill('jag bor i Rinkeby');
  await box.press('Enter');
  await chat.getByText('Det hör till Järva').first().waitFor();

  await phone.getByRole('textbox').last().fill('min son har fått nya vänner');
  await phone.getByRole('button', { name: 'Skicka' }).click();
  await phone.getByText('Svara JA').first().waitFor();

  // Live: the row comes by itself within a second of the handoff.
  await inbox.getByText('Järva', { exact: false }).first().waitFor();
  await inbox.getByRole('listitem').first().click();
  await inbox.locator('[data-seq]').getByText('de säger att jag är skyldig pengar').waitFor();
  await inbox
    .getByRole('button', { name: /Ta över/ })
    .first()
    .click();
  await chat.getByText('Nu skriver Järva 1 här').first().waitFor();
  const reply = inbox.getByRole('textbox').last();
  await reply.fill('Hej. Bra att du skrev. Jag läser.');
  await inbox
    .getByRole('button', { name: /^Svara|Skicka/ })
    .last()
    .click();
  await chat.getByText('Bra att du skrev').first().waitFor();
  await until(() => chat.getByText('Järva 1').first().isVisible());

  if (process.env['UTVAG_SCREENSHOT'])
    await page.screenshot({ path: fileURLToPath(new URL('./try-it.png', import.meta.url)), fullPage: true });
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
}, 60_000);

async function frame(path: string): Promise<Frame> {
  const found = () => page.frames().find((f) => new URL(f.url() || 'about:blank').pathname === path);
  await until(() => found() !== undefined);
  const one = found();
  if (!one) throw new Error(`no frame shows ${path}`);
  return one;
}
