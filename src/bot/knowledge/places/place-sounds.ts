import { isLatin } from './place-endings.ts';

/**
 * The consonants of a name in Arabic, Cyrillic or Ge'ez letters, so that one spelling stands for all: writers agree on
 * them ("سوندبيبري", "سندبيبري"; "Флемингсберг", "Флеммингсберге") and not on the vowels. Undefined where so few
 * are left that ordinary words have them too.
 */
export const soundOf = (said: string): string | undefined => {
  if (isLatin(said)) return undefined;
  if (said >= 'ሀ') return said.length < 5 ? undefined : consonantRows(said);
  const sound = consonants(said);
  return sound.length < 6 ? undefined : sound;
};

/** The first letter counts whatever it is. */
const consonants = (said: string): string =>
  said
    .replace(/(.)\1+/gu, '$1')
    .replace(/(?<!^)(?:[اويهئءع]|[аеёиоуыэюяйьъ])/g, '')
    .replace(/[ڤگپچج]/g, (letter) => sameSound.get(letter) ?? letter);

const sameSound = new Map([
  ['ڤ', 'ف'],
  ['گ', 'غ'],
  ['ج', 'غ'],
  ['پ', 'ب'],
  ['چ', 'ش'],
]);

/** Unicode holds the eight vowel orders of a Ge'ez consonant in one row. */
const consonantRows = (said: string): string =>
  [...said].map((syllable) => String.fromCodePoint((syllable.codePointAt(0) ?? 0) & ~7)).join('');
