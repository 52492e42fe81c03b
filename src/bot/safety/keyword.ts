import words from './keywords.json' with { type: 'json' };
import { fold, unifyArabic } from './spelling.ts';

/** `stop?`: "sluta", "quit". `gives-up`: "jag vill sluta". `night`, `day`: whether texts may come between 21 and 8. */
export type Keyword = keyof typeof words;

const LONGEST = 60;
const POLITE = /(?<!\p{L})(?:tack|please|pls|snalla|thanks|thank you)(?!\p{L})/gu;

/**
 * The SMS word a whole message consists of, in any case and punctuation and in twelve languages, or null (DOMAIN 5.6, 6.2;
 * FAILURES F46). A stop word inside a longer text is never an opt-out. "sluta", "quit" and "jag vill sluta" are no stop words
 * although providers list them: they are what somebody in despair, or on the way out of a gang, writes. END has no such meaning
 * here and counts.
 */
export function keywordOf(text: string): Keyword | null {
  if (text.length > LONGEST) return null;
  known ??= readWords();
  return known.get(plain(text).replace(POLITE, ' ').replace(/ +/g, ' ').trim()) ?? null;
}

/** Built on first use and kept. */
let known: ReadonlyMap<string, Keyword> | undefined;

const readWords = (): ReadonlyMap<string, Keyword> =>
  new Map(
    Object.keys(words)
      .filter((key): key is Keyword => Object.hasOwn(words, key))
      .flatMap((key) =>
        Object.values(words[key])
          .flatMap((list) => list.split('|'))
          .map((word) => [plain(word), key] as const),
      ),
  );

const plain = (text: string): string =>
  unifyArabic(fold(text.normalize('NFKC').toLowerCase()))
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
