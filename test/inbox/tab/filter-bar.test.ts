import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/inbox/tab/filter-bar.tsx';
import { languageName, numberText, textFor } from '../../../src/inbox/tab/text.ts';

it('each language that can be chosen has a name in both languages', () => {
  expect(LANGUAGES).toHaveLength(12);
  for (const tag of LANGUAGES)
    for (const reader of ['sv', 'en']) {
      const text = textFor(reader);
      expect(languageName(tag, text)).not.toBe(tag);
      // As the browser names it, like the languages that are not in our own table.
      expect(languageName(tag, text)).toBe(new Intl.DisplayNames([text.locale], { type: 'language' }).of(tag));
    }
});

it('numbers are written as in Swedish', () => {
  expect(numberText(12_345, textFor('sv'))).toBe('12\u00a0345');
});
