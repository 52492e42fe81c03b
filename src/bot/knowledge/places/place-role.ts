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
  const belongs = settles || anyIs('living', before) || anyIs('schooling', before);
  if (!belongs && isErrand(standing, inOrTo || leaves)) return 'passing';
  if (leaves || isPast(near, after)) return 'left';
  const isOwn = settles && !anyIs('others', near);
  return isOwn && (inOrTo || lastIs('now', near) || anyIs('livingAfter', after)) ? 'home' : 'none';
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
  somaliAway.test(after.join(' ')) ||
  (somaliAway.test(near.slice(-3).join(' ')) && !somaliTowards.test(after.join(' ')));

const somaliAway = /\bka (?:soo )?guur/;
const somaliTowards = /\bu (?:soo )?guur/;

/** "bodde i Tensta", "mieszkałem w Tenście", "Tensta'da otururduk", unless a word for now comes closer. */
const isPast = (near: readonly string[], after: readonly string[]): boolean => {
  const past = near.findLastIndex((word) => isWord('formerly', word));
  const now = near.findLastIndex((word) => isWord('now', word));
  const end = after.findIndex((word) => isWord('formerlyAfter', word));
  return past > now || (end >= 0 && !anyIs('now', after.slice(0, end)));
};

/**
 * Fetching, leaving and driving things: where it goes is not where somebody lives (LABELS §7). The words come before a place
 * that a preposition or an ending marks, or are a verb at the end, in the languages that have it there.
 */
const isErrand = ({ words, from, to }: Standing, isMarked: boolean): boolean =>
  (isMarked && anyIs('errand', words.slice(Math.max(0, from - 8), from))) ||
  anyIs('errandAfter', words.slice(to, to + 5));
