import { expect, test } from 'vitest';
import type { Prediction } from './predict.ts';
import { Labelled, LabelledQuestion } from './read-set.ts';
import { macroF1 } from './score/f1.ts';
import { scoreRetrieval } from './score/score-retrieval.ts';
import { scoreUtterances } from './score/score-utterances.ts';
import { showRate, showShare } from './score/share.ts';

const gold = (id: string, more: object) =>
  Labelled.parse({ id, channel: 'web', lang: 'sv', text: 'x', risk: 'none', intent: 'off_topic', ...more });
const got = (id: string, more: Partial<Prediction> = {}): Prediction => ({
  id,
  risk: 'none',
  riskKinds: [],
  intent: 'off_topic',
  topics: [],
  language: 'sv',
  district: null,
  masked: [],
  ...more,
});
const score = (rows: [object, Partial<Prediction> | null][]) =>
  scoreUtterances(
    rows.map(([labels], at) => gold(`t-${at}`, labels)),
    new Map(rows.flatMap(([, p], at) => (p === null ? [] : [[`t-${at}`, got(`t-${at}`, p)] as const]))),
  );
const level = <T extends { level: string }>(some: T[], name: string): T | undefined =>
  some.find((s) => s.level === name);

test('recall counts what was predicted at least as high; lenient accepts the alternative level, strict does not', () => {
  const { risk } = score([
    [{ risk: 'urgent' }, { risk: 'emergency' }],
    [{ risk: 'urgent', riskAlt: 'elevated' }, { risk: 'elevated' }],
    [{ risk: 'urgent' }, { risk: 'elevated' }],
    [{ risk: 'emergency', riskAlt: 'urgent' }, { risk: 'urgent' }],
  ]);
  expect(level(risk.levels, 'urgent')).toMatchObject({ strict: { hit: 1, of: 3 }, lenient: { hit: 2, of: 3 } });
  expect(level(risk.levels, 'emergency')).toMatchObject({ strict: { hit: 0, of: 1 }, lenient: { hit: 1, of: 1 } });
  expect(level(risk.cumulative, 'urgent')).toMatchObject({ recall: { hit: 2, of: 4 }, precision: { hit: 2, of: 2 } });
  expect(risk.under.strict).toEqual({ hit: 3, of: 4 });
  expect(risk.missed).toEqual(['t-1', 't-2', 't-3']);
});

test('a text without a prediction counts as none: silence is never a hit', () => {
  const { risk } = score([
    [{ risk: 'emergency' }, null],
    [{ risk: 'emergency' }, { risk: 'emergency' }],
  ]);
  expect(level(risk.levels, 'emergency')?.strict).toEqual({ hit: 1, of: 2 });
  expect(risk.confusion.emergency).toEqual({ none: 1, elevated: 0, urgent: 0, emergency: 1 });
});

test('a false alarm is excused up to the alternative level, and hard negatives are counted apart', () => {
  const { risk } = score([
    [{ riskAlt: 'elevated' }, { risk: 'elevated' }],
    [{ riskAlt: 'elevated', tags: ['hard_negative'] }, { risk: 'urgent' }],
    [{ tags: ['hard_negative'] }, {}],
  ]);
  expect(level(risk.falseAlarms, 'elevated')).toMatchObject({ strict: { hit: 2, of: 3 }, lenient: { hit: 1, of: 3 } });
  expect(level(risk.falseAlarms, 'urgent')).toMatchObject({ hardNegatives: { hit: 1, of: 2 } });
});

test('intents are averaged over the classes of the gold: an invented class costs recall and earns nothing', () => {
  const { intents } = score([
    [{ intent: 'greeting' }, { intent: 'greeting' }],
    [{ intent: 'greeting' }, { intent: 'thanks_bye' }],
    [{ intent: 'exit_crime', intentAlt: ['greeting'] }, { intent: 'greeting' }],
  ]);
  expect(intents.classes.map((c) => c.name)).toEqual(['exit_crime', 'greeting']);
  expect(intents.macroF1).toBeCloseTo((0 + 0.5) / 2);
  expect(intents).toMatchObject({ accuracy: { hit: 1, of: 3 }, withAlternatives: { hit: 2, of: 3 } });
  expect(macroF1([])).toBeNull();
});

test('the other nine languages are pooled in one line, apart from Swedish and English', () => {
  const { languages } = score([
    [{ lang: 'sv', risk: 'urgent' }, { risk: 'urgent' }],
    [
      { lang: 'so', risk: 'urgent' },
      { risk: 'none', language: 'so' },
    ],
    [
      { lang: 'ar', risk: 'urgent' },
      { risk: 'urgent', language: 'fa' },
    ],
  ]);
  expect(languages.map((g) => [g.name, g.n])).toEqual([
    ['sv', 1],
    ['ar', 1],
    ['so', 1],
    ['not sv/en', 2],
    ['sv+en', 1],
  ]);
  const pooled = languages.find((g) => g.name === 'not sv/en');
  expect(level(pooled?.risk.levels ?? [], 'urgent')?.strict).toEqual({ hit: 1, of: 2 });
  expect(pooled?.language).toEqual({ hit: 1, of: 2 });
});

test('districts, personal data and risk kinds are counted where they are labelled, inventions on their own line', () => {
  const counted = score([
    [
      { district: 'jarva', pii: ['name', 'phone'], riskKinds: ['weapon'] },
      { district: 'jarva', masked: ['phone'] },
    ],
    [{ district: 'farsta' }, { district: null, masked: ['name'], riskKinds: ['weapon'] }],
    [{}, { district: 'farsta' }],
  ]);
  expect(counted).toMatchObject({
    district: { hit: 1, of: 2 },
    noDistrict: { hit: 0, of: 1 },
    masking: { recall: { hit: 1, of: 2 }, falseMasks: { hit: 1, of: 3 } },
    kinds: { precision: { hit: 0, of: 1 }, recall: { hit: 0, of: 1 }, f1: 0 },
  });
});

test('a topic counts among the first one or three; abstaining is right only where nothing answers', () => {
  const ask = (id: string, topics: string[], lang = 'sv') => LabelledQuestion.parse({ id, text: 'x', lang, topics });
  const retrieval = scoreRetrieval(
    [ask('a', ['x', 'y']), ask('b', ['x']), ask('c', ['x'], 'so'), ask('d', []), ask('e', [])],
    new Map([
      ['a', ['y']],
      ['b', ['p', 'q', 'x']],
      ['c', ['p', 'q', 'r', 'x']],
      ['d', []],
      ['e', ['x']],
    ]),
  );
  expect(retrieval).toMatchObject({ top1: { hit: 1, of: 3 }, top3: { hit: 2, of: 3 }, bestFirst: { hit: 0, of: 3 } });
  expect(retrieval).toMatchObject({ abstained: { hit: 1, of: 2 }, silent: { hit: 0, of: 3 } });
  expect(retrieval.languages.map((l) => [l.name, l.top3.hit])).toEqual([
    ['sv', 2],
    ['so', 0],
  ]);
});

test('figures are shown to four places, half up, with what they were counted from', () => {
  expect(showShare({ hit: 1, of: 16_000 })).toBe('0.0001 (1/16000)');
  expect(showShare({ hit: 2, of: 3 })).toBe('0.6667 (2/3)');
  expect(showShare({ hit: 0, of: 0 })).toBe('n/a');
  expect(showRate(1)).toBe('1.0000');
});
