import { detectLanguage } from '../language/detect.ts';
import { fold } from '../language/fold.ts';
import { meaningsOf } from '../language/meanings.ts';

/** What a text is made of, each once, as 32-bit hashes. */
export interface TextFeatures {
  /** Words, neighbouring words and the runs of three to five letters in each word, which see through endings and slips. */
  words: Set<number>;
  /** What the words mean in any of the languages, and pairs of such meanings. */
  concepts: Set<number>;
}

/** Longer texts are told, not asked; the rest would only cost time. */
const readCharacters = 400;

export const featuresOf = (text: string): TextFeatures => {
  const words = new Set<number>();
  const concepts = new Set<number>();
  const meant: number[] = [];
  const languages = new Set([detectLanguage(text, 'sv'), 'sv', 'en']);
  let before = 0;
  for (const word of fold(text.slice(0, readCharacters)).split(' ')) {
    if (word === '') continue;
    const padded = `<${word}>`;
    const whole = hash(padded, 0, padded.length, 1);
    words.add(whole);
    words.add(mix(before, whole));
    before = whole;
    for (let size = 3; size <= 5; size += 1)
      for (let at = 0; at + size <= padded.length; at += 1) words.add(hash(padded, at, at + size, 2));
    for (const concept of meaningsOf(word, languages)) if (!meant.includes(concept)) meant.push(concept);
  }
  if (meant.length === 0) concepts.add(noMeaning);
  meant.sort((a, b) => a - b).length = Math.min(meant.length, mostConcepts);
  meant.forEach((concept, at) => {
    concepts.add(mix(0x51ed27, concept + 1));
    for (const other of meant.slice(at + 1)) concepts.add(mix(concept + 1, other + 1));
  });
  return { words, concepts };
};

const mostConcepts = 12;
/** Stands alone when no word has a meaning we know. */
export const noMeaning = 1;

const mix = (a: number, b: number): number => {
  const value = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ b;
  return Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) | 0;
};

/** FNV-1a over UTF-16 units. */
const hash = (text: string, from: number, to: number, seed: number): number => {
  let value = 0x811c9dc5 ^ seed;
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) | 0;
};
