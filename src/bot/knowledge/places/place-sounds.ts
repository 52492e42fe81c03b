import { isLatin } from './place-endings.ts';

/**
 * The consonants of a name in Arabic, Cyrillic or Ge'ez letters, so that one spelling stands for all: writers agree on
 * them ("سوندبيبري", "سندبيبري"; "Флемингсберг", "Флеммингсберге") and not on the vowels. Undefined where too few are left.
 */
export const soundOf = (said: string): string | undefined => {
  if (isLatin(said)) return undefined;
  const sound = said >= 'ሀ' ? consonantRows(said) : consonants(said);
  return sound.length >= fewest ? sound : undefined;
};

/** Fewer consonants than this are found in ordinary words too. */
const fewest = 5;

const consonants = (said: string): string =>
  said
    .replace(/[اويهئءع]|[аеёиоуыэюяйьъ]/g, '')
    .replace(/[ڤگپچغج]/g, (letter) => sameSound.get(letter) ?? letter)
    .replace(/(.)\1+/gu, '$1');

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
