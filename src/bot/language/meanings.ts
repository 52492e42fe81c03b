import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { fold } from './fold.ts';

/** The numbers of the meanings that a folded word begins with or, in some scripts, contains, in the given languages. */
export type MeaningsOf = (word: string, languages: ReadonlySet<string>) => readonly number[];

const lexiconSchema = z.strictObject({
  version: z.int().positive(),
  reviewer: z.string().nullable(),
  language: z.string(),
  meanings: z.record(z.string(), z.string()),
});

const directory = new URL('./meanings/', import.meta.url);
const files = (): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();

/** The lexicon as it is written, file by file: what was learned from it is bound to it by this text. */
export const lexiconText = (): string =>
  files()
    .map((name) => readFileSync(new URL(name, directory), 'utf8'))
    .join('\n');

let shared: MeaningsOf | undefined;
/** The lexicon `meanings/<language>.json`, read on first use and kept: some ms, then a few lookups a word. */
export const meaningsOf: MeaningsOf = (word, languages) => {
  shared ??= createMeanings();
  return shared(word, languages);
};

/**
 * Beginnings of words that mean the same in twelve languages, so that what is learned in one holds in the others. Arabic and
 * Ge'ez words carry particles in front, so a beginning may stand inside the word; everywhere else it must be at the front.
 * A beginning of two letters is a word of its own, one of three may grow by two.
 */
const createMeanings = (): MeaningsOf => {
  const keys = new Map<string, number>();
  const tables = new Map<string, Map<string, number[]>>();
  let longest = 0;
  for (const name of files()) {
    const { language, meanings } = lexiconSchema.parse(JSON.parse(readFileSync(new URL(name, directory), 'utf8')));
    const numbers = new Map<string, number[]>();
    tables.set(language, numbers);
    for (const [key, beginnings] of Object.entries(meanings)) {
      const number = keys.get(key) ?? keys.size;
      keys.set(key, number);
      for (const known of new Set(fold(beginnings).split(' '))) {
        if (known.length < 2) continue;
        longest = Math.max(longest, known.length);
        const all = numbers.get(known);
        if (all === undefined) numbers.set(known, [number]);
        else if (!all.includes(number)) all.push(number);
      }
    }
  }
  return (word, languages) => {
    const found = new Set<number>();
    for (const language of languages) {
      const numbers = tables.get(language);
      if (numbers) lookUp(word, numbers, longest, found);
    }
    return [...found];
  };
};

function lookUp(word: string, numbers: ReadonlyMap<string, number[]>, longest: number, found: Set<number>): void {
  const lastStart = hasPrefixes.test(word) ? Math.max(0, Math.min(3, word.length - 3)) : 0;
  for (let at = 0; at <= lastStart; at += 1) {
    if (at > 0 && isArabic.test(word) && !particles.has(word.slice(0, at))) continue;
    for (let length = Math.min(longest, word.length - at); length >= (at === 0 ? 2 : 3); length -= 1) {
      if (length === 2 && word.length > 2) continue;
      const meanings = numbers.get(word.slice(at, at + length));
      if (meanings === undefined || (length <= 3 && !isGeez.test(word) && word.length > length + 2)) continue;
      for (const meaning of meanings) found.add(meaning);
      break;
    }
  }
}

const hasPrefixes = /[\u0600-\u06ff\u1200-\u137f]/;
const isArabic = /^[\u0600-\u06ff]/;
const particles = new Set(fold('ال و ب ل ف وال بال لل ي ا ت ن م مي نمي ده د').split(' '));
/** A sign is a syllable: two or three make a word. */
const isGeez = /^[\u1200-\u137f]/;
