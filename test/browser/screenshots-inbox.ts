import { fileURLToPath } from 'node:url';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeInbox, startFakeInbox } from '../support/fake-inbox.ts';
import { startInboxStage } from './inbox-stage.ts';
import { TEAMS_HOST } from './teams-host.ts';

const THEMES = ['default', 'dark', 'contrast'] as const;
const DESKTOP = { width: 1280, height: 720 };
const PHONE = { width: 320, height: 640 };

let stage: Awaited<ReturnType<typeof startInboxStage>>;
let fake: FakeInbox;
beforeAll(async () => {
  stage = await startInboxStage();
  fake = await startFakeInbox(stage.dist, { '/teams': TEAMS_HOST });
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const threatened = [{ kind: 'threatened', level: 'emergency' as const, rule: 'threat.now' }];
  const debt = [{ kind: 'coercion_debt', level: 'urgent' as const, rule: 'debt.forced' }];
  const colleague = { owner: 'worker' as const, worker: { id: 'wrk_3', name: 'Järva 2' }, waitingSince: null };
  fake.add({ id: 'cnv_door', risk: 'emergency', reasons: threatened, waitingSince: ago(2) }, ['de står utanför']);
  fake.add({ id: 'cnv_debt', risk: 'urgent', reasons: debt, waitingSince: ago(4) }, [
    'de säger att jag är skyldig pengar',
    'Tack för att du berättar. Att någon utnyttjar dig är inte ditt fel. Du behöver inte lösa det ensam.',
    'jag ska hämta en väska ikväll annars händer det något med min bror',
    'Det du skriver låter farligt. Ring 112 nu om du kan. Jag har larmat en socialsekreterare.',
  ]);
  const farsta = { district: 'farsta', waitingSince: ago(31) };
  fake.add({ id: 'cnv_son', risk: 'elevated', channel: 'sms', language: 'ar', ...farsta });
  fake.add({ id: 'cnv_who', district: 'hagersten-alvsjo', language: 'ckb', waitingSince: ago(75) });
  fake.add({ id: 'cnv_ask', language: 'en', waitingSince: ago(5) });
  fake.add({ id: 'cnv_far', risk: 'urgent', ...farsta, ...colleague });
  fake.offer('cnv_far');
}, 120_000);
afterAll(async () => {
  await stage?.stop();
  await fake?.close();
});

test.each(THEMES)('the inbox in Teams, %s', async (theme) => {
  const desktop = await enter(theme, DESKTOP);
  await desktop.tab.locator('[data-row=cnv_debt]').click();
  await desktop.tab.locator('[data-seq="1"]').waitFor();
  await take(desktop.page, `inbox-${theme}`);
  const phone = await enter(theme, PHONE);
  await take(phone.page, `inbox-${theme}-phone-list`);
  await phone.tab.locator('[data-row=cnv_debt]').click();
  await phone.tab.locator('[data-seq="1"]').waitFor();
  await take(phone.page, `inbox-${theme}-phone`);
  expect(await overflow(phone.tab)).toBe(PHONE.width);
});

const overflow = (tab: FrameLocator) => tab.locator('html').evaluate((html) => html.scrollWidth);

async function enter(theme: string, viewport: typeof PHONE): Promise<{ page: Page; tab: FrameLocator }> {
  const context = await stage.browser.newContext({ viewport, locale: 'sv-SE' });
  const page = await context.newPage();
  await page.exposeFunction('giveToken', () => [true, 'teams-token']);
  await page.goto(`${fake.url}/teams`);
  const tab = page.frameLocator('#tab');
  await tab.locator('[data-row=cnv_door]').waitFor();
  if (await tab.locator('[data-duty=off]').count()) {
    await tab.locator('[data-duty]').click();
    await tab.locator('[data-yes]').click();
  }
  await tab.locator('[data-alarm]').waitFor();
  await page.evaluate(`tell('themeChange', ['${theme}'])`);
  await tab
    .locator(`[data-theme=${theme === 'default' ? 'light' : theme}]`)
    .first()
    .waitFor();
  return { page, tab };
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  await page.screenshot({ path: fileURLToPath(new URL(`./screenshots/${name}.png`, import.meta.url)) });
}
