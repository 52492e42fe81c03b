import { fold } from '../fold.ts';
import type { Places } from './places.ts';

/** A place someone may name: a district, a former district, a neighbourhood or another municipality. */
export interface NamedPlace {
  name: string;
  /** District codes, or `outside`; more than one when the name alone does not decide. */
  districts: string[];
  municipality?: string;
}

export interface PlaceIndex {
  /** The place a run of folded words names, exactly, inflected or (long names) with one slip; null otherwise. */
  lookup(words: readonly string[]): NamedPlace | null;
  /** The most words a name has. */
  longestName: number;
}

export const indexPlaces = (places: Places): PlaceIndex => {
  const byKey = new Map<string, NamedPlace>();
  let longestName = 1;
  const add = (name: string, place: NamedPlace) => {
    const words = fold(name).split(' ');
    longestName = Math.max(longestName, words.length);
    if (!byKey.has(words.join(''))) byKey.set(words.join(''), place);
  };
  for (const { code, name, formerNames } of places.districts)
    if (code !== 'staden') for (const known of [name, ...formerNames]) add(known, { name: known, districts: [code] });
  for (const { name, districts } of places.neighbourhoods) add(name, { name, districts });
  for (const { name, neighbourhoods } of places.municipalities)
    for (const known of [name, ...neighbourhoods])
      add(known, { name: known, districts: ['outside'], municipality: name });
  const keys = [...byKey.keys()];
  return {
    longestName,
    lookup: (words) => {
      const said = words.join('');
      const key = uninflected(said, byKey) ?? (words.length === 1 ? misspelt(said, keys) : undefined);
      return key === undefined ? null : (byKey.get(key) ?? null);
    },
  };
};

/** "Rinkebys", "Farstaskolan", "Husbyborna": a known name and an ending that still means the place. */
const uninflected = (said: string, byKey: ReadonlyMap<string, NamedPlace>): string | undefined => {
  if (byKey.has(said)) return said;
  for (const ending of endings) {
    const stem = said.slice(0, -ending.length);
    if (said.endsWith(ending) && stem.length >= 4 && byKey.has(stem)) return stem;
    if (said.endsWith(`s${ending}`) && byKey.has(stem.slice(0, -1))) return stem.slice(0, -1);
  }
  return undefined;
};

const endings = [
  's',
  'skolan',
  'skola',
  'centrum',
  'torg',
  'torget',
  'bibliotek',
  'biblioteket',
  'hallen',
  'gymnasium',
  'gymnasiet',
  'borna',
  'bo',
  'trakten',
  'hallet',
  'omradet',
  'de',
  'da',
  'deki',
  'daki',
  'te',
  'ta',
];

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
