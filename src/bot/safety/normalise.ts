import { EMOJI, EMOJI_WORDS } from './emoji-words.ts';
import { fold, spellings, unifyArabic } from './spelling.ts';

export interface Token {
  /** Lower case, diacritics kept. */
  word: string;
  /** Every spelling the word may stand for, the written one first. */
  forms: readonly string[];
  /** Number of the clause within the text: negation does not reach outside it. */
  clause: number;
  quoted: boolean;
}

export interface Reading {
  sentences: Token[][];
  /** True when the writer uses no diacritics at all, so that "har" may be "här". */
  bare: boolean;
}

const LONGEST_SENTENCE = 45;
const PIECE = /([\p{L}\p{M}\p{N}*@$]+)|([.!?…\n\r؟።]+)|([,;:()،፣–—]+)|(["”“«»„])/gu;
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;
const APOSTROPHE = /(\p{L})['’`´](\p{L})/gu;
const SPACED = /(?<![\p{L}\p{N}])\p{L}(?:[ .\-_]{1,2}\p{L}){2,}(?![\p{L}\p{N}])/gu;
const SPACED_DEATH = /(?<![\p{L}\p{N}])d[ .\-_]ö(?![\p{L}\p{N}]| \p{L}(?!\p{L}))/gu;
const OTHER_DIGITS = /[٠-٩۰-۹]/g;
const TURNS = new Set(['men', 'fast', 'but', 'though', 'although', 'however', 'utan', 'pero', 'ale', 'ama', 'но']);

/**
 * Reads a text as a machine must to hear what a person means: one case, one form of each letter, spaced and disguised
 * words put together, emoji as words, digits of other scripts as digits. Cost grows linearly with the length.
 */
export function normalise(text: string): Reading {
  const plain = joinSpaced(
    unifyArabic(text.normalize('NFKC'))
      .replace(INVISIBLE, '')
      .replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
      .toLowerCase()
      .replaceAll('i\u0307', 'i')
      .replace(APOSTROPHE, '$1$2')
      .replace(EMOJI, (emoji) => (EMOJI_WORDS.has(emoji) ? ` ${EMOJI_WORDS.get(emoji)} ` : ' ')),
  );
  const sentences: Token[][] = [];
  let sentence: Token[] = [];
  let clause = 0;
  let quoted = false;
  let letters = 0;
  const end = () => {
    clause += 1;
    if (sentence.length > 0) sentences.push(sentence);
    sentence = [];
  };
  for (const [piece, word, stop, pause] of plain.matchAll(PIECE)) {
    if (word !== undefined) {
      if (sentence.length >= LONGEST_SENTENCE) end();
      if (TURNS.has(word)) clause += 1;
      letters += word.length;
      sentence.push({ word, forms: spellings(word), clause, quoted });
    } else if (stop !== undefined) end();
    else if (pause !== undefined) clause += 1;
    else if (piece) quoted = !quoted;
  }
  end();
  return { sentences, bare: letters > 12 && fold(plain) === plain };
}

/** "l ä m n a" is "lämna"; two spaces or a sign part the words of a longer run. */
function joinSpaced(text: string): string {
  return text.replace(SPACED_DEATH, 'dö').replace(SPACED, (run) => {
    const words = run.split(/ {2,}/).map((part) => part.replace(/[ .\-_]/g, ''));
    return words.every((word) => word.length === 1) ? words.join('') : words.join(' ');
  });
}
