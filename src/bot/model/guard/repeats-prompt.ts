import { wordsOf } from './words-of.ts';

const GRAM = 6;

/** Whether a text gives away instructions: six words in a row of them, or the mark that only they hold (F51). */
export function repeatsPrompt(text: string, system: string, canary: string): boolean {
  const bare = (s: string) => s.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (canary !== '' && bare(text).includes(bare(canary))) return true;
  const secret = new Set(grams(wordsOf(system)));
  return grams(wordsOf(text)).some((gram) => secret.has(gram));
}

const grams = (words: readonly string[]): string[] =>
  words.slice(0, Math.max(0, words.length - GRAM + 1)).map((_, i) => words.slice(i, i + GRAM).join(' '));
