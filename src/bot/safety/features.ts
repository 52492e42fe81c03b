import { fold as foldAll } from '../language/fold.ts';
import { meaningsOf } from '../language/meanings.ts';
import type { Token } from './normalise.ts';
import { fold } from './spelling.ts';

/** What the classifier sees of a passage: hashed feature numbers and their weights, in step. */
export interface Features {
  hashes: Uint32Array;
  values: Float32Array;
}

const LONGEST_WORD = 24;
const SEED = 0x811c9dc5;
const WORD_SHARE = 1;
const LETTER_SHARE = 0.8;
const SIGNAL_SHARE = 1;
const MEANING_SHARE = 0.8;
/** How many meanings before a meaning are paired with it. */
const MEANINGS_BACK = 4;
/**
 * Words in ones, twos, threes and with a gap, letters of each word in threes to fives, the signals heard with their pairs,
 * and what the words mean in any of the languages, with the meanings before them. Every kind of feature has the same total weight, however long the passage is.
 */
export function featuresOf(
  sentences: ReadonlyArray<readonly Token[]>,
  heard: readonly string[],
  languages: ReadonlySet<string>,
): Features {
  const words: number[] = [];
  const letters: number[] = [];
  const meanings: number[] = [];
  let length = 0;
  for (const sentence of sentences) {
    const plain = sentence.map((token) => plainOf(token));
    length += plain.length;
    addWords(plain, words);
    for (const word of plain) addLetters(word, letters);
    addMeanings(plain, languages, meanings);
  }
  const signals = [hash(`length ${Math.min(7, Math.floor(Math.log2(length + 1)))}`, SEED)];
  addSignals(heard, signals);
  return joined([
    [words, WORD_SHARE],
    [letters, LETTER_SHARE],
    [signals, SIGNAL_SHARE],
    [meanings, MEANING_SHARE],
  ]);
}

const plainOf = (token: Token): string => fold(token.forms[1] ?? token.word).slice(0, LONGEST_WORD);

function addWords(plain: readonly string[], out: number[]): void {
  let one = hash('<', SEED);
  let two = one;
  for (const word of plain) {
    const now = hash(word, SEED);
    out.push(now, mix(one, now));
    if (two !== one) out.push(mix(mix(two, one), now), mix(mix(two, 0x5bd1), now));
    two = one;
    one = now;
  }
  if (plain.length > 0) out.push(mix(one, hash('>', SEED)));
}

function addLetters(word: string, out: number[]): void {
  const framed = `_${word}_`;
  for (let from = 0; from < framed.length - 2; from += 1) {
    let state = 0x9dc5;
    const last = Math.min(framed.length, from + 5);
    for (let at = from; at < last; at += 1) {
      state = step(state, framed.charCodeAt(at));
      if (at - from >= 2) out.push(finish(state));
    }
  }
}

function addMeanings(plain: readonly string[], languages: ReadonlySet<string>, out: number[]): void {
  const before: number[] = [];
  for (const word of plain)
    for (const meaning of meaningsOf(foldAll(word), languages)) {
      const now = finish(Math.imul(meaning + 77, 0x2c1b3c6d) ^ 0x51ed270b);
      out.push(now);
      for (const other of before) out.push(mix(other, now));
      before.push(now);
      if (before.length > MEANINGS_BACK) before.shift();
    }
}

function addSignals(heard: readonly string[], out: number[]): void {
  const names = [...heard].sort().map((name) => hash(`signal ${name}`, SEED));
  for (const [order, name] of names.entries()) {
    out.push(name);
    for (let other = order + 1; other < Math.min(names.length, order + 24); other += 1)
      out.push(mix(name, names[other] ?? 0));
  }
}

function joined(kinds: ReadonlyArray<readonly [number[], number]>): Features {
  const total = kinds.reduce((sum, [list]) => sum + list.length, 0);
  const hashes = new Uint32Array(total);
  const values = new Float32Array(total);
  let at = 0;
  for (const [list, share] of kinds) {
    const value = share / Math.sqrt(Math.max(1, list.length));
    hashes.set(list, at);
    values.fill(value, at, at + list.length);
    at += list.length;
  }
  return { hashes, values };
}

const step = (state: number, code: number): number => Math.imul(state ^ code, 0x01000193);
const mix = (a: number, b: number): number => finish(Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) ^ b);

function hash(text: string, seed: number): number {
  let state = seed;
  for (let at = 0; at < text.length; at += 1) state = step(state, text.charCodeAt(at));
  return finish(state);
}

function finish(state: number): number {
  let h = state ^ (state >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  return h >>> 0;
}
