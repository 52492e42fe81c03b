const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
const VOWELS = ['a', 'o', 'u', 'e', 'i', 'ö', 'ä', 'å'];
/** "16åring", "40k", "cs2", "gta5": digits before or after a word are a number, not a disguise. */
const NUMBERED = /^(?:\d+\p{L}*|\p{L}{2,}\d+)$/u;
const DISGUISED = /[0-9@$]/;
const DRAWN_OUT = /(\p{L})\1{2,}/gu;

/** Every plain spelling a written word may stand for, the word itself first; at most a dozen. */
export function spellings(word: string): string[] {
  const forms = [word];
  if (word.includes('*')) for (const vowel of VOWELS) forms.push(word.replaceAll('*', vowel));
  if (DISGUISED.test(word) && !NUMBERED.test(word)) forms.push(word.replace(/[0-9@$]/g, (sign) => LEET[sign] ?? sign));
  if (/(\p{L})\1\1/u.test(word)) {
    forms.push(word.replace(DRAWN_OUT, '$1'), word.replace(DRAWN_OUT, '$1$1'));
  }
  return forms;
}

const MARKS = /\p{M}+/gu;
const STROKED: Readonly<Record<string, string>> = { ł: 'l', ı: 'i', ø: 'o', æ: 'a', ß: 'ss', đ: 'd' };

/** The word as it is written on a keyboard without diacritics. */
export function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[łıøæßđ]/g, (letter) => STROKED[letter] ?? letter);
}

/** Arabic letters that keyboards of different languages type differently, made one; vowel signs dropped. */
export function unifyArabic(text: string): string {
  if (!/[\u0600-\u06ff]/.test(text)) return text;
  return text
    .replace(/[\u0640\u064b-\u0652\u0670]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[يىې]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/ة/g, 'ه');
}
