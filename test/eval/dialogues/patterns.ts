import { readFileSync } from 'node:fs';
import { z } from 'zod';

const List = z.array(z.string());
const File = z.object({
  mentions_112: List,
  offers_human: List,
  says_bot: List,
  claims_human: List,
  asks: z.record(z.string(), List),
  absolute_secrecy: List,
  hours_notice: List,
  optout_confirmed: List,
  lang_words: z.record(z.string(), z.string()),
});

export interface Patterns {
  mentions112: RegExp[];
  offersHuman: RegExp[];
  saysBot: RegExp[];
  claimsHuman: RegExp[];
  asks: ReadonlyMap<string, RegExp[]>;
  absoluteSecrecy: RegExp[];
  hoursNotice: RegExp[];
  optoutConfirmed: RegExp[];
  /** Words that speak for a language, in the file's order. */
  languageWords: [string, RegExp][];
}

/** Reads assertions.json. */
export function readPatterns(path: string): Patterns {
  const file = File.parse(JSON.parse(readFileSync(path, 'utf8')));
  const all = (sources: string[]) => sources.map((source) => compile(source));
  return {
    mentions112: all(file.mentions_112),
    offersHuman: all(file.offers_human),
    saysBot: all(file.says_bot),
    claimsHuman: all(file.claims_human),
    asks: new Map(Object.entries(file.asks).map(([what, sources]) => [what, all(sources)])),
    absoluteSecrecy: all(file.absolute_secrecy),
    hoursNotice: all(file.hours_notice),
    optoutConfirmed: all(file.optout_confirmed),
    languageWords: Object.entries(file.lang_words).map(([tag, source]) => [tag, compile(source, 'giu')]),
  };
}

const WORD = '[\\p{L}\\p{N}_]';
const BOUNDARY = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
const OUTSIDE: Record<string, string> = {
  b: BOUNDARY,
  B: `(?!${BOUNDARY})`,
  w: WORD,
  W: '[^\\p{L}\\p{N}_]',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
};
const INSIDE: Record<string, string> = { w: '\\p{L}\\p{N}_', d: '\\p{Nd}', D: '\\P{Nd}' };

/** The patterns are written for Python, where words, digits and their boundaries are those of every script. */
export function compile(source: string, flags = 'iu'): RegExp {
  let inClass = false;
  const translated = source.replace(/\\(.)|\[|\]/gsu, (whole, escaped: string | undefined) => {
    if (whole === '[') inClass = true;
    if (whole === ']') inClass = false;
    if (escaped === undefined) return whole;
    const known = (inClass ? INSIDE : OUTSIDE)[escaped];
    return known ?? (/[\p{L}\p{N}^$\\.*+?()[\]{}|/]/u.test(escaped) || inClass ? whole : escaped);
  });
  return new RegExp(translated, flags);
}
