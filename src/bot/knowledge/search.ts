import { type AnswerFile, type ContentLanguage, contentLanguage } from './answer.ts';
import outOfScope from './out-of-scope.json' with { type: 'json' };
import { createPhraseMatch } from './phrase-match.ts';
import { plainText } from './render-text.ts';
import { type Index, indexDocuments, type SearchDocument } from './search-index.ts';
import { type SearchTerm, searchTerms } from './search-terms.ts';

export interface SearchHit {
  id: string;
  /** Comparable within one search only; best first. */
  score: number;
}
export type Search = (text: string, language: string) => SearchHit[];

/** Tuned on questions of our own; test/bot/knowledge/search.test.ts keeps the floors. */
const weights = { phrase: 12, gram: 0.3, sureness: 0.6 } as const;
const sureEnough = 0.3;
/** Right first hits of our own questions score from 6.6 up, most above 10; a single word may score half. */
const leastScore = (terms: number): number => Math.min(terms, 2) * 3.25;
const maximumHits = 5;
/** Nobody asks in more words; longer texts are told, not asked, and would only cost time. */
const maximumTerms = 120;

/**
 * Ranks approved topics by BM25 over titles, queries and texts, with stems first and pieces of words for compounds and
 * typos, and by likeness to single phrases. Returns [] when too little is understood, or when something we have no
 * text on (out-of-scope.json) fits best: then the bot says that it does not know.
 */
export const createSearch = (library: { topics(): readonly AnswerFile[] }): Search => {
  const searchers = { sv: createSearcher(library.topics(), 'sv'), en: createSearcher(library.topics(), 'en') };
  return (text, language) => searchers[contentLanguage(language)](text);
};

const createSearcher = (topics: readonly AnswerFile[], language: ContentLanguage): ((text: string) => SearchHit[]) => {
  const documents = documentsOf(topics, language);
  const index = indexDocuments(documents);
  const likenessTo = createPhraseMatch(documents);
  return (text) => {
    const terms = searchTerms(text).slice(0, maximumTerms);
    const { scores, possible } = score(terms, index);
    const likeness = likenessTo(text);
    const hits = documents
      .map(({ id }, at) => {
        const matched = scores[at] ?? 0;
        const like = likeness[at] ?? 0;
        const sure = (possible === 0 ? 0 : matched / possible) + weights.sureness * like;
        return { id, score: matched + weights.phrase * like, sure };
      })
      .sort((a, b) => b.score - a.score);
    const [top] = hits;
    if (
      !top ||
      top.id === decoy ||
      top.score < leastScore(terms.length) ||
      isElsewhere(terms, index, documents.length - 1)
    )
      return [];
    return hits
      .filter((hit) => hit.id !== decoy && hit.sure >= sureEnough)
      .slice(0, maximumHits)
      .map(({ id, score: points }) => ({ id, score: points }));
  };
};

/** The document for everything out of scope; it stands last. */
const decoy = '';

/** A short question with a word that only the out-of-scope list knows: "when does the museum close". */
const isElsewhere = (terms: readonly SearchTerm[], index: Index, decoyAt: number): boolean => {
  const foreign = terms.filter(({ stem }) => index.stems.get(stem)?.documents.every(([at]) => at === decoyAt));
  return foreign.length > 0 && foreign.length / terms.length >= 0.25;
};

const documentsOf = (topics: readonly AnswerFile[], language: ContentLanguage): SearchDocument[] => {
  const other = language === 'sv' ? 'en' : 'sv';
  return [
    ...topics.map((topic) => ({
      id: topic.id,
      title: plainText(topic.texts[language].title),
      text: plainText(topic.texts[language].text),
      phrases: topic.queries[language],
      otherLanguage: [plainText(topic.texts[other].title), ...topic.queries[other]],
    })),
    { id: decoy, title: '', text: '', phrases: outOfScope.queries[language], otherLanguage: outOfScope.queries[other] },
  ];
};

/** An unknown word counts as one that could have told a lot, so that questions about other things look thin. */
const score = (terms: readonly SearchTerm[], index: Index): { scores: Float64Array; possible: number } => {
  const scores = new Float64Array(index.size);
  let possible = 0;
  for (const term of terms) {
    const exact = index.stems.get(term.stem);
    for (const [document, weight] of exact?.documents ?? [])
      scores[document] = (scores[document] ?? 0) + weight * (exact?.idf ?? 0);
    const share = ((exact ? 0.4 : 1) * weights.gram * 4) / (term.grams.length + 3);
    for (const gram of term.grams) {
      const posting = index.grams.get(gram);
      for (const [document, weight] of posting?.documents ?? [])
        scores[document] = (scores[document] ?? 0) + weight * share * (posting?.idf ?? 0);
    }
    possible += (exact?.idf ?? index.rarest) * 1.6;
  }
  return { scores, possible };
};
