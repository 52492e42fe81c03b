import { expect, test } from 'vitest';
import { createSummarise, type SaidMessage } from '../../../src/bot/model/summarise.ts';
import { createTranslate } from '../../../src/bot/model/translate.ts';
import { scripted } from './turn-deps.ts';

const canary = 'XK-7731-CANARY';
const SAID: SaidMessage[] = [
  { author: 'visitor', text: 'Jag heter Sixten. Min brorsa i Farsta är skyldig 5000 och de hotar honom.' },
  { author: 'bot', text: 'Vill du prata med en människa om det?' },
  { author: 'visitor', text: 'ja, nås på 070-174 06 05' },
];
const summary = (text: unknown) => createSummarise({ model: scripted({ summary: text }), canary })(SAID);

test('a summary that says only what was said is given', async () => {
  const good =
    'En ung person är orolig för sin bror i Farsta. Han är skyldig 5000 och blir hotad. De vill prata med en människa.';
  expect(await summary(good)).toBe(good);
});

test.each([
  ['a figure nobody wrote', 'Brodern är skyldig 50000 och blir hotad av andra.'],
  ['a place nobody wrote', 'Brodern som bor i Rinkeby är skyldig 5000 och blir hotad.'],
  ['a person nobody wrote', 'Brodern är skyldig pengar till Hassan och blir hotad.'],
  ['a link', 'Brodern är skyldig 5000, läs mer på example.com om det.'],
  ['personal data', 'Brodern är skyldig 5000 och nås på 070-174 06 05.'],
  ['its instructions', 'You read messages to a support service of a Swedish city, from young people.'],
  ['the mark', `Brodern är skyldig 5000 och blir hotad ${canary}.`],
  ['another language', 'The brother owes 5000 and is being threatened by them.'],
  ['nothing', '  '],
  ['too much', 'Brodern är skyldig 5000 och blir hotad. '.repeat(30)],
  ['another form', 42],
])('a summary with %s is dropped', async (_, text) => expect(await summary(text)).toBeNull());

test('a summary is made of masked words only', async () => {
  const model = scripted({ summary: '' });
  await createSummarise({ model })(SAID);
  expect(model.asked[0]?.data).toContain('[namn]');
  expect(model.asked[0]?.data).not.toMatch(/Sixten|070/);
});

const translate = (text: unknown, from: string, to: string) =>
  createTranslate({ model: scripted({ translation: text }), canary })(from, to);

test('a faithful translation is given, and says that a machine made it', async () => {
  expect(
    await translate(
      'I owe them 5000 and they are at my school.',
      'Jag är skyldig dem 5000 och de är vid min skola.',
      'en',
    ),
  ).toEqual({
    text: 'I owe them 5000 and they are at my school.',
    language: 'en',
    machine: true,
  });
  expect(
    await translate('Jag är skyldig dem ۵۰۰ nu och är rädd.', 'من ۵۰۰ به آنها بدهکارم و می‌ترسم', 'sv'),
  ).not.toBeNull();
});

test.each([
  ['another figure', 'I owe them 50000 and they are at my school.'],
  ['a lost figure', 'I owe them money and they are at my school.'],
  ['an added link', 'I owe them 5000 and they are at my school, see example.com'],
  ['another language', 'Jag är skyldig dem 5000 och de är vid min skola.'],
  ['something else entirely', '5000'],
  ['the mark', `I owe them 5000 and they are at my school ${canary}`],
])('a translation with %s is dropped', async (_, text) =>
  expect(await translate(text, 'Jag är skyldig dem 5000 och de är vid min skola.', 'en')).toBeNull(),
);

test('no model, no words: failures give nothing', async () => {
  expect(await createSummarise({ model: scripted('timeout') })(SAID)).toBeNull();
  expect(await createTranslate({ model: scripted('timeout') })('hej på dig', 'en')).toBeNull();
});
