import { describe, expect, it } from 'vitest';
import { tellingWords } from '../../../src/bot/safety/telling-words.ts';
import { createTriage, type TriageFunction } from '../../../src/bot/safety/triage.ts';

const triage = createTriage();
const heardIn = (text: string, ask: TriageFunction = triage) => {
  const level = ask(text, { risk: 'none', channel: 'web' }).risk;
  return { level, words: tellingWords(ask, text, level).map(([from, to]) => text.slice(from, to)) };
};

describe('the words that raised the danger', () => {
  it.each([
    [
      'hej igen, det har varit en lång vecka. jag vill inte leva längre. hur gör man med matten då?',
      /^jag vill inte leva/,
    ],
    ['we had pizza! then my brother told me he is going to kill himself tonight', /^then my brother/],
    ['sommaren var fin\npappa slår mamma just nu\nkatten sover', /^pappa slår mamma just nu$/],
    ['Hej, jag heter inget. Dom säger att jag är skyldig pengar och de vet var jag bor.', /^Dom säger .*bor\.$/],
  ])('are the sentence that says it in “%s”', (text, expected) => {
    const { level, words } = heardIn(text);
    expect(level).not.toBe('none');
    expect(words).toEqual([expect.stringMatching(expected)]);
  });

  it('are every sentence that is as grave by itself, and all of them when only together they are', () => {
    const when =
      (grave: (text: string) => boolean): TriageFunction =>
      (text) => ({ risk: grave(text) ? 'emergency' : 'none', kinds: [], reasons: [], wantsHuman: false });
    const fire = when((text) => /eld/.test(text) && /huset/.test(text));
    expect(heardIn('hej. det är eld i huset! och eld runt huset. hej då', fire).words).toEqual([
      'det är eld i huset!',
      'och eld runt huset.',
    ]);
    expect(heardIn('vi ser eld! i huset, tror jag.', fire).words).toEqual(['vi ser eld!', 'i huset, tror jag.']);
  });

  it('of a text too long to hear again are not looked for', () => {
    const never: TriageFunction = () => {
      throw new Error('asked');
    };
    expect(tellingWords(never, 'ord '.repeat(1_200), 'urgent')).toEqual([]);
  });
});
