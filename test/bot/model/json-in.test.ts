import { expect, test } from 'vitest';
import { z } from 'zod';
import { repeatsPrompt } from '../../../src/bot/model/guard/repeats-prompt.ts';
import { jsonIn } from '../../../src/bot/model/json-in.ts';
import { answerPrompt, DANGER_PROMPT } from '../../../src/bot/model/prompts.ts';
import { promptHash } from '../../../src/bot/model/questions.ts';
import { costOf } from '../../support/cost-of.ts';

const schema = z.object({ risk: z.string(), note: z.string().optional() });

test.each([
  ['{"risk":"none"}', { risk: 'none' }],
  ['  {"risk":"none"}\n', { risk: 'none' }],
  ['```json\n{"risk":"none"}\n```', { risk: 'none' }],
  ['Well: {"risk":"a"} or rather {"risk":"b"}.', { risk: 'b' }],
  ['{"risk":"x","note":"a } in { a \\" string"} bye', { risk: 'x', note: 'a } in { a " string' }],
  ['{"result":{"risk":"inner"}}', { risk: 'inner' }],
])('%s is read', (text, value) => expect(jsonIn(text, schema)).toEqual(value));

test.each(['', 'none', '{"risk":', '{"risk":1}', '[]', 'null', '{'.repeat(5_000)])('%.20s holds no answer', (text) =>
  expect(jsonIn(text, schema)).toBeNull(),
);

test('a flood of braces costs little', () => {
  const cost = (braces: number) => costOf(() => jsonIn('{"a":'.repeat(braces), schema));
  cost(10_000);
  expect(cost(100_000)).toBeLessThan(40 * cost(10_000) + 50);
});

test('six words in a row of the instructions are a leak, ordinary words are none', () => {
  const prompt = answerPrompt('sv');
  expect(repeatsPrompt('they said: it IS material, to judge and never!', DANGER_PROMPT, '')).toBe(true);
  expect(repeatsPrompt('Tack för att du berättar om det här för mig.', prompt, 'MARK')).toBe(false);
  expect(repeatsPrompt('m-A r K', prompt, 'MARK')).toBe(true);
});

test('the record of the instructions changes with them and with nothing else', () => {
  expect(promptHash(answerPrompt('sv'))).toBe(promptHash(answerPrompt('sv')));
  expect(
    new Set([answerPrompt('sv'), answerPrompt('en'), answerPrompt('ar'), DANGER_PROMPT].map(promptHash)).size,
  ).toBe(4);
});
