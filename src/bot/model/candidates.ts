import type { Voice } from '../dialogue/draft.ts';
import type { TurnInput } from '../outcome.ts';

/** An approved text the model may choose. Where nothing was retrieved for lack of a lexicon the titles stand alone. */
export interface Candidate {
  id: string;
  title: string;
  text: string;
}

const MOST_CANDIDATES = 6;

/**
 * What the search retrieved. An empty result in Swedish or English means that we have no text on it, and the model may not
 * say otherwise; in a language the search cannot read it means nothing, and all titles are offered.
 */
export function candidatesOf(
  { library, search }: Pick<Voice, 'library' | 'search'>,
  text: string,
  language: string,
  { channel, ...at }: Pick<TurnInput, 'channel' | 'now' | 'withdrawn'>,
): Candidate[] {
  const shown = (id: string): Candidate[] => {
    const answer = library.answer(id, language, channel, at);
    return answer ? [{ id, title: answer.title, text: answer.text }] : [];
  };
  const hits = search(text, language).slice(0, MOST_CANDIDATES);
  if (hits.length > 0) return hits.flatMap((hit) => shown(hit.id));
  if (language === 'sv' || language === 'en') return [];
  return library.topics().flatMap(({ id }) => shown(id).map((c) => ({ ...c, text: '' })));
}
