import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { playDialogues } from './dialogues/play.ts';
import { createPredict } from './predict.ts';
import { Labelled, readSet, Script } from './read-set.ts';

const script = (id: string, channel: string, turns: object[], officeHours = true) =>
  Script.parse({ id, channel, setup: { officeHours, staffAvailable: officeHours }, turns });

test('scripts are played by the whole service: what was sent, who owns it and what staff read is what is written down', async () => {
  const [night, web, phone] = await playDialogues([
    script('night', 'web', [{ user: 'kan jag få prata med en människa' }], false),
    script('web', 'web', [
      { user: 'kan jag få prata med en människa' },
      { user: 'jag heter Elias Provsson och bor i Farsta' },
      { event: 'human_takes_over' },
      { user: 'hej, är det du nu?' },
      { event: 'human_hands_back' },
      { user: 'är jag tillbaka hos roboten?' },
    ]),
    script('phone', 'sms', [
      { user: 'är du en människa?' },
      { event: 'scheduled_followup_due' },
      { user: 'STOPP' },
      { event: 'scheduled_followup_due' },
      { event: 'staff_broadcast' },
    ]),
  ]);
  expect(night?.turns[0]?.replies.join()).toMatch(/öppnar/);
  expect(web?.turns.map((t) => [t.replies.length, t.case?.district, t.caseCount])).toEqual([
    [1, 'staden', 1],
    [1, 'farsta', 1],
    [1, 'farsta', 1],
    [0, 'farsta', 1],
    [1, 'farsta', 1],
    [1, 'farsta', 1],
  ]);
  expect(web?.turns.map((t) => t.district)).toEqual([null, 'farsta', 'farsta', 'farsta', 'farsta', 'farsta']);
  expect(web?.turns[3]).toMatchObject({ topics: [], offeredHuman: false });
  expect(web?.turns[0]).toMatchObject({ offeredHuman: true, topics: ['talk-to-human'], optedOut: false });
  expect(web?.turns.at(-1)?.case?.summary).toContain('bor i Farsta');
  expect(web?.turns.at(-1)?.case?.summary).not.toContain('Provsson');
  expect(phone?.turns.map((t) => [t.replies.length, t.optedOut])).toEqual([
    [1, false],
    [1, false],
    [1, true],
    [0, true],
    [0, true],
  ]);
  expect(phone?.turns[0]?.case).toBeNull();
});

test('a prediction hears what the bot hears, and labels in the file are not looked at', () => {
  const { utterance, question } = createPredict();
  const danger = utterance({ id: 'a', channel: 'web', text: 'de står utanför dörren med kniv' });
  expect(danger).toMatchObject({ id: 'a', risk: 'emergency', intent: 'danger_disclosure', language: 'sv' });
  expect(utterance({ id: 'b', channel: 'web', text: 'vilken stadsdel är Rinkeby?' })).toMatchObject({
    risk: 'none',
    district: 'jarva',
  });
  expect(question('När har ni öppet?')[0]).toBe('opening-hours');
});

test('a line that is not as described stops the run by its number, without its words', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'utvag-eval-set-'));
  const file = path.join(folder, 'set.jsonl');
  const good = '{"id":"x","lang":"sv","text":"hemligt","risk":"none","intent":"greeting"}';
  try {
    writeFileSync(file, `\uFEFF${good}\n\n${good}\n`);
    expect(readSet(file, Labelled)).toHaveLength(2);
    for (const bad of [good.replace('"none"', '"mild"'), 'hemligt', '{"id":1,"text":"hemligt"}']) {
      writeFileSync(file, `${good}\n${bad}\n`);
      expect(() => readSet(file, Labelled)).toThrow(/line 2/);
      expect(() => readSet(file, Labelled)).not.toThrow(/hemligt/);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
