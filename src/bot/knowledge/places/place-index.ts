import { fold } from '../fold.ts';
import otherScripts from './other-scripts.json' with { type: 'json' };
import { endingOf } from './place-endings.ts';
import type { Places } from './places.ts';

/** A place someone may name: a district, a former district, a neighbourhood or another municipality. */
export interface NamedPlace {
  name: string;
  /** District codes, or `outside`; more than one when the name alone does not decide. */
  districts: string[];
  municipality?: string;
}

export interface FoundName {
  place: NamedPlace;
  /** Its ending says "from there" (Turkish, Finnish). */
  left: boolean;
}

export interface PlaceIndex {
  /** The place a run of folded words names, exactly, inflected or (long names) with one slip; null otherwise. */
  lookup(words: readonly string[]): FoundName | null;
  /** The most words a name has. */
  longestName: number;
}

export const indexPlaces = (places: Places): PlaceIndex => {
  const byKey = new Map<string, NamedPlace>();
  /** Names of several words: only these may be said apart, so that "går det" is not Gärdet. */
  const spaced = new Set<string>();
  let longestName = 1;
  const add = (name: string, place: NamedPlace) => {
    const words = fold(name).split(' ');
    longestName = Math.max(longestName, words.length);
    if (words.length > 1) spaced.add(words.join(''));
    if (!byKey.has(words.join(''))) byKey.set(words.join(''), place);
  };
  for (const { code, name, formerNames } of places.districts)
    if (code !== 'staden') for (const known of [name, ...formerNames]) add(known, { name: known, districts: [code] });
  for (const { name, districts } of places.neighbourhoods) add(name, { name, districts });
  for (const { name, neighbourhoods } of places.municipalities)
    for (const known of [name, ...neighbourhoods])
      add(known, { name: known, districts: ['outside'], municipality: name });
  const keys = [...byKey.keys()];
  for (const { name, names } of otherScripts) {
    const place = byKey.get(fold(name).replaceAll(' ', ''));
    if (place) for (const known of names) add(known, place);
  }
  return {
    longestName,
    lookup: (words) => {
      const said = words.join('');
      const known = endingOf(said, byKey);
      if (words.length > 1 && ![...spaced].some((name) => said.startsWith(name))) return null;
      if (known) return { place: known.value, left: known.left };
      const key = words.length === 1 ? misspelt(said, keys) : undefined;
      const place = key === undefined ? undefined : byKey.get(key);
      return place ? { place, left: false } : null;
    },
  };
};

/** One slip in a long name, the first letter right. Six letters allow only a swap: "farsa" is not Farsta. */
const misspelt = (said: string, keys: readonly string[]): string | undefined => {
  if (said.length < 6 || ordinaryWords.has(said)) return undefined;
  const near = keys.filter(
    (key) =>
      key[0] === said[0] &&
      key.length >= 6 &&
      (isSwap(said, key) || (key.length >= 7 && said.length >= 6 && isOneEdit(said, key))),
  );
  return near.length === 1 ? near[0] : undefined;
};

/** Words of everyday language that lie one letter from a place. */
const ordinaryWords = new Set([
  'skandal',
  'solberg',
  'globalen',
  'huddinges',
  'mariaberg',
  'langsam',
  'slutsen',
  'tulling',
]);

const isSwap = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
};

const isOneEdit = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const restA = a.slice(start + (a.length >= b.length ? 1 : 0));
  const restB = b.slice(start + (b.length >= a.length ? 1 : 0));
  return restA === restB;
};
