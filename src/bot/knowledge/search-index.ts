import { type SearchTerm, searchTerms } from './search-terms.ts';

export interface SearchDocument {
  id: string;
  title: string;
  text: string;
  /** What people would write. */
  phrases: readonly string[];
  /** The same in the other language, for mixed questions; counts less. */
  otherLanguage: readonly string[];
}

export interface Posting {
  idf: number;
  /** Document and its saturated weight for the term. */
  documents: [document: number, weight: number][];
}

export interface Index {
  size: number;
  stems: Map<string, Posting>;
  grams: Map<string, Posting>;
  /** The idf of a word that stands in one document only. */
  rarest: number;
}

const weights = { title: 2, phrase: 2.5, text: 0.6, otherLanguage: 0.9 } as const;
const saturation = { k1: 1.2, b: 0.4 } as const;

/** BM25 with field weights: counts are weighted, damped by length, then saturated. */
export const indexDocuments = (documents: readonly SearchDocument[]): Index => {
  const bags = documents.map(fieldsOf);
  return {
    size: documents.length,
    stems: postings(bags, (term) => [term.stem]),
    grams: postings(bags, (term) => term.grams),
    rarest: idf(1, documents.length),
  };
};

interface Field {
  terms: SearchTerm[];
  weight: number;
}

const fieldsOf = ({ title, text, phrases, otherLanguage }: SearchDocument): Field[] => [
  { terms: searchTerms(title), weight: weights.title },
  { terms: phrases.flatMap(searchTerms), weight: weights.phrase },
  { terms: searchTerms(text), weight: weights.text },
  { terms: otherLanguage.flatMap(searchTerms), weight: weights.otherLanguage },
];

const postings = (bags: readonly Field[][], keysOf: (term: SearchTerm) => readonly string[]): Map<string, Posting> => {
  const counts = bags.map((fields) => countKeys(fields, keysOf));
  const lengths = counts.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const result = new Map<string, Posting>();
  counts.forEach((bag, document) => {
    const { k1, b } = saturation;
    const norm = k1 * (1 - b + (b * (lengths[document] ?? mean)) / mean);
    for (const [key, count] of bag) {
      const posting = result.get(key) ?? { idf: 0, documents: [] };
      posting.documents.push([document, (count * (k1 + 1)) / (count + norm)]);
      result.set(key, posting);
    }
  });
  for (const posting of result.values()) posting.idf = idf(posting.documents.length, bags.length);
  return result;
};

const countKeys = (fields: readonly Field[], keysOf: (term: SearchTerm) => readonly string[]): Map<string, number> => {
  const bag = new Map<string, number>();
  for (const { terms, weight } of fields)
    for (const term of terms) for (const key of keysOf(term)) bag.set(key, (bag.get(key) ?? 0) + weight);
  return bag;
};

const idf = (frequency: number, total: number): number => Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));
