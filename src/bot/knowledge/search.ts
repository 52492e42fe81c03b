import type { AnswerFile } from './answer.ts';
import { featuresOf, noMeaning } from './search-features.ts';
import { chancesOf, readModel, type SearchModel } from './search-model.ts';

export interface SearchHit {
  id: string;
  /** The chance, 0 to 1, that this topic is what was asked for. */
  score: number;
}
/** `language` is the detected one. Texts are read in all languages at once, so a wrong or unknown tag does no harm. */
export type Search = (text: string, language: string) => SearchHit[];

/** Chosen by cross-validation over the training questions; see test/eval/topics/train.ts. */
const silence = { noneAgainstBest: 0.7, leastChance: 0.085, leastWhenStrange: 0.2 } as const;
const maximumHits = 5;

/**
 * Ranks approved topics by a linear model over words, pieces of words and meanings (language/meanings), learnt from
 * queries/*.json, out-of-scope.json and the answers themselves. Returns [] when a question that no topic answers is
 * about as likely, or nothing is likely: then the bot says that it does not know.
 */
export const createSearch = (
  library: { topics(): readonly AnswerFile[] },
  model: SearchModel = readModel(),
): Search => {
  const shown = new Set(library.topics().map((topic) => topic.id));
  const { classes } = model.header;
  const hitsOf = (text: string): SearchHit[] => {
    if (!/\p{L}/u.test(text)) return [];
    const chances = chancesOf(text, model);
    const hits = classes
      .map((id, at) => ({ id, score: chances[at] ?? 0 }))
      .filter(({ id }) => shown.has(id))
      .sort((a, b) => b.score - a.score);
    const best = hits[0]?.score ?? 0;
    const none = chances[classes.length - 1] ?? 1;
    const isStrange = best < silence.leastWhenStrange && featuresOf(text).concepts.has(noMeaning);
    if (isStrange || best < silence.leastChance || none > silence.noneAgainstBest * best) return [];
    return hits.slice(0, maximumHits);
  };
  return (text) => {
    const hits = hitsOf(text);
    return hits.length > 0 || !opening.test(text) ? hits : hitsOf(text.replace(opening, ''));
  };
};

/** A greeting or an "ok" before the question says nothing of what is asked. */
const opening =
  /^\s*(?:ok(?:ej|ay)?|hej(?:san)?|hallå|tja|tjena|hello|hi|hey|hola|hei|moi|cześć|dzień dobry|merhaba|selam|salaan|привет|здравствуйте|مرحبا|السلام عليكم|سلام|سڵاو|ሰላም)(?=[\s,،.!?፣])[\s,،.!?፣]*/iu;
