import data from './concepts.json' with { type: 'json' };
import { fold } from './fold.ts';

/** The numbers of the concepts (concepts.json) that a folded word begins with or, in some scripts, contains. */
export type ConceptsOf = (word: string) => readonly number[];

/**
 * Arabic and Ge'ez words carry particles in front, so a beginning may stand inside the word; everywhere else it must be
 * at the front. A beginning of two letters is a word of its own.
 */
export const createConcepts = (): ConceptsOf => {
  const numbers = new Map<string, number[]>();
  Object.values(data.concepts).forEach((beginnings, concept) => {
    for (const known of new Set(fold(Object.values(beginnings).join(' ')).split(' '))) {
      if (known.length < 2) continue;
      const all = numbers.get(known);
      if (all === undefined) numbers.set(known, [concept]);
      else all.push(concept);
    }
  });
  const longest = Math.max(...[...numbers.keys()].map((known) => known.length));
  return (word) => {
    const found: number[] = [];
    const lastStart = hasPrefixes.test(word) ? Math.min(3, word.length - 3) : 0;
    for (let at = 0; at <= lastStart; at += 1) {
      if (at > 0 && isArabic.test(word) && !particles.has(word.slice(0, at))) continue;
      for (let length = Math.min(longest, word.length - at); length >= (at === 0 ? 2 : 3); length -= 1) {
        if (length === 2 && word.length > 2) continue;
        const concepts = numbers.get(word.slice(at, at + length));
        if (concepts === undefined || (length <= 3 && isLatin.test(word) && word.length > length + 2)) continue;
        found.push(...concepts);
        break;
      }
    }
    return found;
  };
};

const hasPrefixes = /[\u0600-\u06ff\u1200-\u137f]/;
const isArabic = /^[\u0600-\u06ff]/;
const particles = new Set(fold('ال و ب ل ف وال بال لل ي ا ت ن م مي نمي ده د').split(' '));
const isLatin = /^[a-z]/;
