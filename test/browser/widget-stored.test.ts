import { expect, test } from 'vitest';
import { DESK, PHONE, press, say, widgetStage } from './widget-stage.ts';

const DAY_MS = 86_400_000;
const { chat, open, look } = widgetStage({ erasedOn: (lastAt) => new Date(lastAt.getTime() + 30 * DAY_MS) });

test('what is kept is listed: how many messages, since when, place, language, a code only locked, and the day it is erased', async () => {
  const page = await open({ ...PHONE, timezoneId: 'Europe/Stockholm' });
  const thread = await say(page, 'hej');
  await chat().say(thread, { text: 'Vad gäller det?' }, { language: 'so' });
  await page.getByText('Vad gäller det?').first().waitFor();
  await press(page, 'Mer');
  await press(page, 'Det vi har sparat');
  const list = page.locator('.panel dl');
  await list.waitFor();
  const last = (await chat().head(thread))?.lastAt ?? new Date(Number.NaN);
  const day = (at: Date) => at.toLocaleDateString('sv', { timeZone: 'Europe/Stockholm', dateStyle: 'long' });
  const said = (await list.innerText()).replace(/\s+/g, ' ');
  expect(said).toContain('Meddelanden 2, varav dina 1');
  expect(said).toContain(`Raderas ${day(new Date(last.getTime() + 30 * DAY_MS))}`);
  expect(said).toContain(`Sedan ${day(last)}`);
  expect(said).toContain('Stadsdel ingen, du har inte sagt den');
  expect(said).toContain('Språk Soomaali');
  expect(said).toContain('Kod att komma tillbaka med nej');
  await look(page, 'stored-with-day');
});

test('what staff must keep is not erased, and the panel says so instead of offering it', async () => {
  const page = await open(DESK);
  const thread = await say(page, 'hej');
  await chat().say(thread, { text: 'Det här blev ett ärende.' }, { retentionClass: 'case' });
  await press(page, 'Mer');
  await press(page, 'Det vi har sparat');
  await page.getByText('Det här kan du inte radera själv.').waitFor();
  expect(await page.getByRole('button', { name: 'Radera allt nu' }).count()).toBe(0);
  expect((await chat().head(thread))?.wrappedKey.length).toBeGreaterThan(0);
});
