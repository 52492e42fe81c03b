import { expect, test } from 'vitest';
import { raised } from '../../../src/bot/model/raise.ts';
import { RISKS, type Triage } from '../../../src/bot/outcome.ts';

const TEXT = 'De säger att jag MÅSTE åka på lördag, annars tar de min syster.';
const heard = (risk: Triage['risk']): Triage => ({
  risk,
  kinds: risk === 'none' ? [] : ['recruitment'],
  reasons: risk === 'none' ? [] : [{ kind: 'recruitment', level: risk, rule: 'recruit.signs' }],
  wantsHuman: true,
});
const model = (risk: Triage['risk'], evidence = 'måste åka på lördag') => ({
  risk,
  kinds: ['coercion_debt' as const],
  evidence,
});

test('for every pair of levels the result is never below what the rules heard', () => {
  for (const rules of RISKS)
    for (const level of RISKS)
      for (const evidence of ['', 'måste åka', 'inget sådant'])
        expect(RISKS.indexOf(raised(heard(rules), model(level, evidence), TEXT).risk)).toBeGreaterThanOrEqual(
          RISKS.indexOf(rules),
        );
});

test('an equal or lower level leaves the rules’ own result', () => {
  const rules = heard('urgent');
  expect(raised(rules, model('urgent'), TEXT)).toBe(rules);
  expect(raised(rules, model('none'), TEXT)).toBe(rules);
});

test('a raise carries the model’s kinds first and whose judgement it was', () => {
  expect(raised(heard('elevated'), model('urgent'), TEXT)).toEqual({
    risk: 'urgent',
    kinds: ['coercion_debt', 'recruitment'],
    reasons: [
      { kind: 'coercion_debt', level: 'urgent', rule: 'model' },
      { kind: 'recruitment', level: 'elevated', rule: 'recruit.signs' },
    ],
    wantsHuman: true,
  });
});

test('a raise without a kind is still a raise', () => {
  expect(raised(heard('none'), { ...model('emergency'), kinds: [] }, TEXT).kinds).toEqual(['distress']);
});

test.each([
  ['copied carelessly', 'jag måste åka … på lördag', 'emergency'],
  ['one word of it', 'lördag', 'emergency'],
  ['invented', 'jag har en kniv i väskan', 'elevated'],
  ['a piece of a word', 'syst', 'elevated'],
  ['empty', '', 'elevated'],
])('evidence that is %s', (_, evidence, risk) =>
  expect(raised(heard('none'), model('emergency', evidence), TEXT).risk).toBe(risk),
);
