import { fold } from './fold.ts';
import stopwords from './stopwords.json' with { type: 'json' };

const stops = new Set(fold(`${stopwords.sv} ${stopwords.en}`).split(' '));

/** One word of a text as it is looked up: the stem itself and, for compounds and typos, its inner four-letter pieces. */
export interface SearchTerm {
  stem: string;
  grams: string[];
}

/** The words that carry meaning, folded and stemmed, in order; function words of both languages are left out. */
export const searchTerms = (text: string): SearchTerm[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '' && !stops.has(word))
    .map((word) => {
      const stem = stemOf(word);
      return { stem, grams: gramsOf(stem) };
    });

/** Every word and pair of neighbours, function words too: "vem läser det" is told from "vem är du" by its little words. */
export const phraseTerms = (text: string): string[] => {
  const words = fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map(stemOf);
  return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
};

/** Light Swedish and English endings. Over-stemming costs little here: both sides are stemmed alike. */
const stemOf = (word: string): string => {
  const ending = endings.find((end) => word.length - end.length >= 4 && word.endsWith(end)) ?? '';
  return word.slice(0, word.length - ending.length).replace(/(.)\1$/, '$1');
};

const endings = (
  'ationernas heterna ningarna arnas ernas ornas andes ingar ning ande ende ades arna erna orna aren aste heten het ' +
  'ings ing ers ens ets ade are ast ted ies ed es ly ad at an ar er or en et de te na as a e s t n y'
).split(' ');

const gramSize = 4;

const gramsOf = (stem: string): string[] =>
  stem.length <= gramSize
    ? []
    : Array.from({ length: stem.length - gramSize + 1 }, (_, at) => stem.slice(at, at + gramSize));
