import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bubbles, field, press, say, soon, threadOf, widgetStage } from './widget-stage.ts';

const { chat, open, look } = widgetStage();

/** Through both steps of saving. */
async function getCode(page: Page): Promise<string> {
  await press(page, 'Mer');
  await press(page, 'Spara en kod');
  await press(page, 'Visa min kod');
  const code = await page.locator('.code').innerText();
  await look(page, 'code-shown');
  await press(page, 'Jag har sparat den');
  expect(await page.locator('.code').innerText()).toBe(code);
  await press(page, 'Ja, det är samma');
  expect(await page.innerText('body')).not.toContain(code);
  await press(page, 'Till chatten');
  return code;
}

async function enter(page: Page, code: string): Promise<void> {
  await press(page, 'Jag har en kod');
  await page.getByLabel('Skriv din kod').fill(code);
  await press(page, 'Fortsätt');
}

test('a code is shown twice, says nothing of what it is for, and resumes on another device; earlier messages are asked about', async () => {
  const page = await open();
  const thread = await say(page, 'mitt hemliga');
  const code = await getCode(page);
  expect(code).toMatch(/^[a-z]+ [a-z]+ [a-z]+ \d{5} \d{5}$/);
  await press(page, 'Lämna sidan snabbt');
  await page.waitForURL('**/weather');

  const other = await open();
  await enter(other, code.toUpperCase().replaceAll(' ', '-'));
  await other.getByText('Vill du se det som skrivits tidigare?').waitFor();
  await look(other, 'return-asks');
  expect(await other.innerText('body')).not.toContain('hemliga');
  await press(other, 'Ja, visa');
  await soon(async () => expect(await bubbles(other)).toEqual(['mitt hemliga']));
  expect(await threadOf(other)).toBe(thread);
  await say(other, 'tillbaka');
  expect((await chat().head(thread))?.lastSeq).toBe(2);
});

test('who does not want to see what was written goes on without it, also after a reload, and can ask for it later', async () => {
  const page = await open();
  const thread = await say(page, 'mitt hemliga');
  const code = await getCode(page);
  const other = await open();
  await enter(other, code);
  await press(other, 'Inte nu');
  await chat().say(thread, { text: 'nytt svar' });
  await soon(async () => expect(await bubbles(other)).toEqual(['nytt svar']));
  await say(other, 'tillbaka');
  await other.reload();
  await soon(async () => expect(await bubbles(other)).toEqual(['nytt svar', 'tillbaka']));
  await press(other, 'Mer');
  await press(other, 'Visa tidigare meddelanden');
  await soon(async () => expect(await bubbles(other)).toEqual(['mitt hemliga', 'nytt svar', 'tillbaka']));
});

test('a wrong code says so in words that a screen reader hears, and before the first message there is no code to save', async () => {
  const page = await open();
  await enter(page, 'katt hund bil 12345 67890');
  await page.getByRole('status').getByText('Koden stämmer inte.').waitFor();
  await look(page, 'code-wrong');
  await press(page, 'Till chatten');
  await press(page, 'Mer');
  await look(page, 'menu');
  await press(page, 'Spara en kod');
  await page.getByText('Skriv något i chatten först.').waitFor();
});

test('what is kept is listed with the day it goes; erasing takes it from the server, the page, storage and every open tab', async () => {
  const page = await open();
  const thread = await say(page, 'radera mig');
  const code = await getCode(page);
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(() => void window.open('/chat')),
  ]);
  await tab.getByText('radera mig').first().waitFor();
  await page.bringToFront();
  await press(page, 'Mer');
  await press(page, 'Det vi har sparat');
  await page.getByText('ingen dag är bestämd, så det raderas inte av sig självt').waitFor();
  expect(await page.locator('dl').innerText()).toMatch(/Meddelanden\s+1, varav dina 1[\s\S]*Svenska/);
  await page.getByText('Dina ord').click();
  await page.locator('.panel li').getByText('radera mig').waitFor();
  await look(page, 'stored');
  await press(page, 'Radera allt nu');
  await look(page, 'erase-sure');
  await press(page, 'Ja, radera');
  await page.getByText('Din chatt är raderad hos oss.').waitFor();
  await press(page, 'Till chatten');
  for (const any of [page, tab]) {
    await soon(async () => expect(await any.innerText('body')).not.toContain('radera mig'));
    expect(await any.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/radera|token/);
  }
  expect((await chat().head(thread))?.wrappedKey.length).toBe(0);
  await enter(page, code);
  await page.getByText('Koden stämmer inte.').waitFor();
});

test('panels that cannot be fetched say that there is no contact, and open when there is', async () => {
  const page = await open();
  await page.context().setOffline(true);
  await press(page, 'Så lämnar du fort');
  await page.getByText('Ingen kontakt just nu').waitFor();
  await field(page).fill('kvar');
  await page.context().setOffline(false);
  await press(page, 'Så lämnar du fort');
  await page.getByText('Att lämna rensar inte historiken.').waitFor();
  await press(page, 'Till chatten');
  expect(await field(page).inputValue()).toBe('kvar');
});
