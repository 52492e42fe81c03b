import { fold } from '../../language/fold.ts';
import { isWord } from './place-role.ts';

/**
 * Whether a name that is an ordinary word too is meant as a place. "bro" (bridge, brother), "handen" (the hand) and "Salem"
 * (a greeting, a man) are places only after "i" with a capital, after a word for living, or alone with a capital;
 * "kista" (coffin) and "nacka" (to behead) are places except after an article or as an infinitive.
 */
export const isPlaceHere = (text: string, words: readonly string[], from: number, to: number): boolean => {
  const said = words.slice(from, to).join('');
  if (everydayWords.has(said)) return isNamedAsPlace(text, said, words, from);
  return !(nouns.has(said) && isWord('article', words[from - 1]) && !hasCapital(text, said));
};

const isNamedAsPlace = (text: string, said: string, words: readonly string[], from: number): boolean => {
  if (words.join('') === said) return hasCapital(text, said);
  const near = words.slice(Math.max(0, from - 3), from);
  const settles = near.some((word) => isWord('living', word) || isWord('formerly', word));
  const last = words[from - 1];
  if (settles) return isWord('here', last) || isWord('leaving', last);
  return isWord('here', last) && !isWord('to', last) && hasCapital(text, said);
};

/** Whether the message writes the word with a capital somewhere. */
const hasCapital = (text: string, said: string): boolean =>
  text.split(/\s+/).some((word) => /^\p{P}*\p{Lu}/u.test(word) && fold(word) === said);

const everydayWords = new Set(
  fold(
    'bro bros handen salem salems lund lunds lunden sala mora moran mor älta flaten liseberg vega vegas kransen sjöstan ' +
      'sjöstaden kistan kistor brunna köping тумба тумбе чиста чисте albi araby',
  ).split(' '),
);
const nouns = new Set(fold('kista tumba nacka alby slussen').split(' '));
