import { expect, test } from 'vitest';
import { pageWords } from '../../../src/bot/dialogue/first-words.ts';
import { createContacts } from '../../../src/bot/knowledge/contacts.ts';
import { wantsHuman } from '../../../src/bot/safety/requests.ts';
import { cardOf } from '../../../src/bot/widget/card.ts';
import { catalogue } from '../../../src/bot/widget/texts/catalogue.ts';
import type { Texts } from '../../../src/bot/widget/texts/texts.ts';
import { readDangerBooks } from '../../../src/bot/words/danger-words.ts';
import { TRANSLATED } from '../../../src/bot/words/languages.ts';
import { createPhrases } from '../../../src/bot/words/phrases.ts';
import { panelData } from '../../../src/server/channels/webchat/page-data.ts';

const doors = pageWords(createPhrases());
const languages: [string, Texts][] = Object.entries(catalogue);

/** Every text by its path: `words.send`. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value ?? {}).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
}
const textsOf = ({ words, panels, card, numbers, noScript }: Texts) =>
  new Map(leaves({ words, panels, card, numbers, noScript }));
const holes = (text: string) => text.split('{}').length - 1;
const swedish = textsOf(catalogue.sv);
const english = textsOf(catalogue.en);

/** What may be the same word in two languages. */
const SHARED = /^(numbers\.116 111|words\.title)$/;

test('the languages offered are the two originals and those the bot’s own words are translated into', () => {
  expect(Object.keys(catalogue).sort()).toEqual(['sv', 'en', ...TRANSLATED].sort());
  for (const [tag, { status }] of languages) expect(status === 'original', tag).toBe(tag === 'sv' || tag === 'en');
});

for (const [tag, texts] of languages) {
  const mine = textsOf(texts);

  test(`${tag}: complete, with the same places to fill in, and in its own words`, () => {
    expect([...mine.keys()].filter((key) => !key.startsWith('words.months.'))).toEqual([...swedish.keys()]);
    for (const [key, text] of mine) {
      expect(text.trim(), key).toMatch(/\p{L}/u);
      expect(holes(text), key).toBe(holes(swedish.get(key) ?? ''));
    }
    const same = (other: Map<string, string>) =>
      [...mine].filter(([key, text]) => text === other.get(key) && !SHARED.test(key)).map(([key]) => key);
    expect([0, 12]).toContain(texts.words.months.length);
    if (tag !== 'en') expect(same(english)).toEqual([]);
    if (tag !== 'sv') expect(same(swedish)).toEqual([]);
  });

  test(`${tag}: the card has at most 60 words, nothing left to fill in, and 112, whatever the City has decided`, () => {
    for (const keptDays of [null, 30, 730]) {
      const card = cardOf(texts, keptDays).join(' ');
      expect(card.split(/\s+/).length, card).toBeLessThanOrEqual(60);
      expect(card).toContain('112');
      expect(card).not.toContain('{}');
      if (keptDays) expect(card).toContain(`${keptDays}`);
    }
  });

  test(`${tag}: explanations name the buttons as they are written on them`, () => {
    const { words, panels } = texts;
    expect(panels.leavingText.press).toContain(words.leave);
    // What is said to be pressed is what a voice control hears (WCAG 2.5.3).
    expect(words.leaveNow.toLowerCase()).toContain(words.leave.toLowerCase());
    expect(panels.leavingText.hide).toContain(words.hide);
    expect(panels.done).toContain(words.return);
    expect([panels.return, panels.leaving, panels.work]).toEqual([words.return, words.leaving, words.work]);
    expect(panels.beforeText.danger).toContain('112');
  });

  test(`${tag}: what is said beside 112 are the approved words for danger`, () => {
    const { head } = readDangerBooks().of(tag) ?? expect.fail(tag);
    expect(head.emergency.self.endsWith(texts.words.call), texts.words.call).toBe(true);
  });

  test(`${tag}: “I want to talk to a person” is heard as that`, () => {
    expect(wantsHuman(texts.words.wantHuman)).toBe(true);
  });
}

test('a draft says in its own language that nobody has checked it, and the limit of secrecy and 112 in English; an original does not', () => {
  const { secrecy, danger } = catalogue.en.panels.beforeText;
  for (const [tag, texts] of Object.entries(catalogue)) {
    const { unchecked } = panelData(doors, tag as keyof typeof catalogue);
    if (texts.status === 'original') expect(unchecked).toBeNull();
    else expect(unchecked).toEqual({ note: texts.unchecked, english: [secrecy, danger] });
  }
});

test('only numbers of the contacts file have names', () => {
  const contacts = createContacts();
  const known = ['112', '114-14', 'bris', 'kvinnofridslinjen'].map((id) => contacts.shown(id)?.number);
  expect(Object.keys(catalogue.sv.numbers).sort()).toEqual(known.sort());
});

test('Persian and Sorani have their own letters, not the Arabic ye and kaf; every right-to-left text has Latin digits', () => {
  for (const [tag, texts] of languages.filter(([tag]) => ['fa', 'ckb', 'ar'].includes(tag)))
    for (const [key, text] of textsOf(texts)) {
      if (tag !== 'ar') expect(text, `${tag} ${key}`).not.toMatch(/[\u0643\u064a]/);
      expect(text, `${tag} ${key}`).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/);
    }
});
