import type { SearchDocument } from './search-index.ts';
import { phraseTerms } from './search-terms.ts';

/** For each document 0-1: how like the question is to the one phrase of the document that it is most like. */
export type PhraseMatch = (text: string) => Float64Array;

/** Cosine over words and word pairs weighted by rarity, against every single query phrase and title. */
export const createPhraseMatch = (documents: readonly SearchDocument[]): PhraseMatch => {
  const phrases = documents.flatMap((document, at) =>
    [document.title, ...document.phrases].map((phrase) => ({ document: at, terms: [...new Set(phraseTerms(phrase))] })),
  );
  const frequency = new Map<string, number>();
  for (const { terms } of phrases) for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const rarity = (term: string) => Math.log(1 + phrases.length / ((frequency.get(term) ?? 0) + 1));
  const norms = phrases.map(({ terms }) => Math.hypot(...terms.map(rarity)));
  const places = new Map<string, number[]>();
  phrases.forEach(({ terms }, phrase) => {
    for (const term of terms) places.set(term, [...(places.get(term) ?? []), phrase]);
  });
  return (text) => {
    const asked = [...new Set(phraseTerms(text))].slice(0, maximumTerms);
    const dots = new Float64Array(phrases.length);
    for (const term of asked) {
      const weight = rarity(term) ** 2;
      for (const phrase of places.get(term) ?? []) dots[phrase] = (dots[phrase] ?? 0) + weight;
    }
    const norm = Math.hypot(...asked.map(rarity));
    const best = new Float64Array(documents.length);
    phrases.forEach(({ document }, phrase) => {
      const likeness = (dots[phrase] ?? 0) / (norm * (norms[phrase] ?? 1) || 1);
      if (likeness > (best[document] ?? 0)) best[document] = likeness;
    });
    return best;
  };
};

/** Longer texts are told, not asked; the rest would only cost time. */
const maximumTerms = 200;
