import { isNegated } from './negation.ts';
import type { Reading, Token } from './normalise.ts';
import type { Match, Vocabulary } from './vocabulary.ts';

/** A passage that is judged as one: what is said in it, by signal, with the places where it is said. */
export interface Scene {
  /** True when at least one of the signals is said and not denied. */
  has: (...signals: string[]) => boolean;
  /** True when every one of the signals is said and not denied. */
  all: (...signals: string[]) => boolean;
  /** True when the signal is said only to be denied ("tänker inte döda nån"). */
  denies: (signal: string) => boolean;
  /** True when two signals stand within so many words of each other. */
  near: (one: string, other: string, words: number) => boolean;
  words: number;
  /** Every signal said, and every one only denied with a "!" before it. */
  heard: readonly string[];
  /** The sentences it is made of. */
  sentences: readonly Token[][];
}

interface Sighting {
  start: number;
  end: number;
  denied: boolean;
}

/** Who, when and where are not undone by a negation near them; what is done or meant is. */
const DENIABLE = /^(?!who\.|topic\.|time\.|place\.|frame\.|help\.|idiom|intent\.|threat\.say)/;
const PASSAGE_SENTENCES = 4;
const SHORT_TEXT_WORDS = 60;

/** Cuts a text into passages: a short one whole, a long one into windows of four sentences, each starting one further on. */
export function scenesOf(reading: Reading, vocabulary: Vocabulary, languages: ReadonlySet<string>): Scene[] {
  let offset = 0;
  const sentences = reading.sentences.map((tokens) => {
    const found = vocabulary.match(tokens, reading.bare, languages);
    const sightings = withoutIdioms(found).map((match) => ({
      signal: match.signal,
      start: offset + match.start,
      end: offset + match.end,
      denied: DENIABLE.test(match.signal) && !match.closed && isNegated(tokens, match),
    }));
    offset += tokens.length;
    return { tokens, sightings };
  });
  const whole = offset <= SHORT_TEXT_WORDS || sentences.length <= PASSAGE_SENTENCES;
  const size = whole ? sentences.length : PASSAGE_SENTENCES;
  const scenes: Scene[] = [];
  for (let at = 0; at + size <= sentences.length; at += 1) scenes.push(sceneOf(sentences.slice(at, at + size)));
  return scenes;
}

function sceneOf(
  parts: ReadonlyArray<{ tokens: Token[]; sightings: ReadonlyArray<Sighting & { signal: string }> }>,
): Scene {
  const said = new Map<string, Sighting[]>();
  const denied = new Set<string>();
  let words = 0;
  for (const part of parts) {
    words += part.tokens.length;
    for (const sighting of part.sightings) {
      if (sighting.denied) denied.add(sighting.signal);
      else {
        const list = said.get(sighting.signal);
        if (list === undefined) said.set(sighting.signal, [sighting]);
        else list.push(sighting);
      }
    }
  }
  return {
    words,
    heard: [...said.keys(), ...[...denied].filter((signal) => !said.has(signal)).map((signal) => `!${signal}`)],
    sentences: parts.map((part) => part.tokens),
    has: (...signals) => signals.some((signal) => said.has(signal)),
    all: (...signals) => signals.every((signal) => said.has(signal)),
    denies: (signal) => denied.has(signal) && !said.has(signal),
    near: (one, other, distance) =>
      (said.get(one) ?? []).some((a) =>
        (said.get(other) ?? []).some((b) => a.start - b.end <= distance && b.start - a.end <= distance),
      ),
  };
}

/** What an idiom covers is not also heard literally: "dör av skratt" holds no death. */
function withoutIdioms(matches: readonly Match[]): readonly Match[] {
  const idioms = matches.filter((match) => match.signal === 'idiom');
  if (idioms.length === 0) return matches;
  return matches.filter(
    (match) =>
      match.signal.startsWith('frame.') ||
      match.signal === 'idiom' ||
      !idioms.some((idiom) => match.start <= idiom.end && idiom.start <= match.end),
  );
}
