import { fold } from '../../language/fold.ts';
import type { FoundName } from './place-index.ts';
import { isWord } from './place-role.ts';

/** A name and where it stands among the folded words of a message. */
export interface StandingName extends FoundName {
  from: number;
  to: number;
}

/**
 * Whether a name that is an ordinary word too is meant as a place. "bro" (bridge, brother), "handen" (the hand) and "Salem"
 * (a greeting, a man) are places only after "i" with a capital, after a word for living, or alone with a capital;
 * "kista" (coffin) and "nacka" (to behead) are places except after an article or as an infinitive.
 */
export const isPlaceHere = (text: string, words: readonly string[], name: StandingName): boolean => {
  const said = words.slice(name.from, name.to).join('');
  const before = words.slice(Math.max(0, name.from - 3), name.from);
  if (everydayNames.has(name.place.name))
    return (name.ending === '' || name.ending === 's') && isNamedAsPlace(text, said, before, words.length);
  if (everydayWords.has(said)) return isNamedAsPlace(text, said, before, words.length);
  return !(nouns.has(said) && isWord('article', before.at(-1)) && !hasCapital(text, said));
};

const isNamedAsPlace = (text: string, said: string, before: readonly string[], length: number): boolean => {
  if (length === 1) return hasCapital(text, said);
  const last = before.at(-1);
  if (before.some((word) => isWord('living', word) || isWord('formerly', word)))
    return isWord('here', last) || isWord('leaving', last);
  const comesFrom = isWord('leaving', last) && before.some((word) => isWord('origin', word));
  const isIn = isWord('here', last) && !isWord('to', last);
  return (comesFrom || isIn) && hasCapital(text, said);
};

/** Whether the message writes the word with a capital somewhere. */
const hasCapital = (text: string, said: string): boolean =>
  text.split(/\s+/).some((word) => /^\p{P}*\p{Lu}/u.test(word) && fold(word) === said);

const everydayNames = new Set(
  'Bro Handen Salem Lund Sala Mora Älta Flaten Liseberg Vega Brunna Sorunda Köping Araby'.split(' '),
);
const everydayWords = new Set(
  fold('kransen sjöstan sjöstaden kistan чиста чисте чисту чисты чистой чистый тумба тумбе тумбу тумбы').split(' '),
);
const nouns = new Set('kista tumba nacka alby slussen'.split(' '));
