import { fold } from '../../language/fold.ts';
import { leavingEndings, placeEndings } from './place-endings.ts';
import roleWords from './role-words.json' with { type: 'json' };

/** What the words around a name make of it. `passing`: an errand's end, a train's destination, a team; nobody's home. */
export type PlaceRole = 'home' | 'left' | 'none' | 'passing';

/** A name among the folded words of a message. */
export interface Standing {
  words: readonly string[];
  from: number;
  to: number;
  /** What is written together with the name. */
  ending: string;
  /** Where the name before it ends and the one after it begins. */
  previous: number;
  next: number;
}

export const placeRole = (standing: Standing): PlaceRole => {
  const { words, from, to, ending } = standing;
  const before = words.slice(Math.max(standing.previous, from - 8), from);
  const near = before.slice(-4);
  const after = words.slice(to, Math.min(standing.next, to + 3));
  if (isGoneBy(near, after)) return 'passing';
  const inOrTo = lastIs('here', near) || placeEndings.has(ending);
  const leaves = isLeft(near, after, ending);
  const settles = anyIs('living', near) || anyIs('livingAfter', after);
  if (!settles && !anyIs('living', before) && (inOrTo || leaves) && isErrand(standing)) return 'passing';
  if (leaves || isPast(near, after)) return 'left';
  return settles && (inOrTo || anyIs('livingAfter', after)) ? 'home' : 'none';
};

type Kind = keyof typeof roleWords;
const sets = new Map(
  Object.entries(roleWords).map(([kind, byLanguage]) => [
    kind,
    new Set(Object.values(byLanguage).flatMap((words) => fold(words).split(' '))),
  ]),
);
/** Whether a folded word is of a kind in `role-words.json`, in any language. */
export const isWord = (kind: Kind, word: string | undefined): boolean =>
  word !== undefined && sets.get(kind)?.has(word) === true;

const anyIs = (kind: Kind, words: readonly string[]) => words.some((word) => isWord(kind, word));
const lastIs = (kind: Kind, words: readonly string[]) => isWord(kind, words.at(-1));

/** "linje 14 mot Fruängen", "tåget till Märsta", "Bromma flygplats", "håller på Djurgården". */
const isGoneBy = (near: readonly string[], after: readonly string[]): boolean =>
  lastIs('towards', near) ||
  isWord('line', near.at(-2)) ||
  isWord('cheering', near.at(-2)) ||
  isWord('notHome', after[0]) ||
  (lastIs('to', near) && anyIs('vehicle', near));

/** "från Tensta", "Tensta'dan", "لە تێنستا بۆ", "inte längre i Solna", Somali "ka guurnay" before or after the name. */
const isLeft = (near: readonly string[], after: readonly string[], ending: string): boolean =>
  leavingEndings.has(ending) ||
  lastIs('leaving', near) ||
  isWord('onward', after[0]) ||
  anyIs('negation', near.slice(-3)) ||
  [...near.slice(-2), ...after].join(' ').includes('ka guur');

/** "bodde i Tensta", "mieszkałem w Tenście", "Tensta'da otururduk", unless a word for now comes closer. */
const isPast = (near: readonly string[], after: readonly string[]): boolean => {
  const past = near.findLastIndex((word) => isWord('formerly', word));
  const now = near.findLastIndex((word) => isWord('now', word));
  return past > now || anyIs('formerlyAfter', after);
};

/** Fetching, leaving and driving things: where it goes is not where somebody lives (LABELS §7). */
const isErrand = ({ words, from, to, ending }: Standing): boolean =>
  anyIs('errand', words.slice(Math.max(0, from - 8), from)) ||
  (speaksVerbLast(words[from - 1], ending) && anyIs('errand', words.slice(to, to + 5)));

/** Languages that put the verb after the place: with a case ending, or with their own word for "to". */
const speaksVerbLast = (last: string | undefined, ending: string) => ending !== '' || isWord('toVerbLast', last);
