import { fold } from '../../language/fold.ts';
import { isPlaceHere, type StandingName } from './place-guard.ts';
import { indexPlaces, type NamedPlace, type PlaceIndex } from './place-index.ts';
import { type PlaceRole, placeRole } from './place-role.ts';
import { type Places, readPlaces } from './places.ts';

export interface FoundPlace {
  /** LABELS §7 code; `outside` is another municipality; null when one has to ask (see `ambiguous`). */
  district: string | null;
  /** The place as we write it, or the three first digits of a postcode. */
  place: string;
  municipality?: string;
  /** The districts it may be. */
  ambiguous?: string[];
}
export type FindPlace = (text: string) => FoundPlace | null;

/** Finds where the person concerned lives or is, in free text. Moved from A to B means B; no place means null. */
export const createPlaceFinder = (places: Places = readPlaces()): FindPlace => {
  const index = indexPlaces(places);
  const prefixes = new Map(places.postcodes.map((row) => [row.prefix, row] as const));
  return (text) => {
    const chosen = mostLikely(mentionsIn(text, index));
    if (chosen) return chosen;
    const prefix = postcodePrefix(text);
    const row = prefix === null ? undefined : prefixes.get(prefix);
    if (!row) return null;
    if (row.status === 'outside') return { district: 'outside', place: row.prefix };
    const [first] = row.districts;
    return row.status === 'safe' && first !== undefined
      ? { district: first, place: row.prefix }
      : { district: null, place: row.prefix, ambiguous: row.districts };
  };
};

let finder: FindPlace | undefined;
/** `createPlaceFinder` over the city's own places, built at the first call. */
export const findPlace: FindPlace = (text) => {
  finder ??= createPlaceFinder();
  return finder(text);
};

interface Mention {
  place: NamedPlace;
  role: PlaceRole;
}

/** Longest names first, left to right, so that "Farsta strand" is not read as Farsta. */
const namesIn = (text: string, words: readonly string[], index: PlaceIndex) => {
  const names: StandingName[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const longest = Math.min(index.longestFrom(words[from] ?? ''), words.length - from);
    for (let to = from + longest; to > from; to -= 1) {
      const found = index.lookup(words.slice(from, to));
      if (!found || !isPlaceHere(text, words, { ...found, from, to })) continue;
      names.push({ ...found, from, to });
      from = to - 1;
      break;
    }
  }
  return names;
};

const mentionsIn = (text: string, index: PlaceIndex): Mention[] => {
  const words = fold(text).split(' ');
  const names = namesIn(text, words, index);
  return names
    .map(({ place, ...name }, at) => {
      const between = { previous: names[at - 1]?.to ?? 0, next: names[at + 1]?.from ?? words.length };
      return { place, role: placeRole({ words, ...name, ...between }) };
    })
    .filter(({ role }) => role !== 'passing');
};

const mostLikely = (mentions: readonly Mention[]): FoundPlace | null => {
  const stayed = mentions.filter((mention) => mention.role !== 'left');
  const homes = stayed.filter((mention) => mention.role === 'home');
  const [candidates] = [homes, stayed, mentions].filter((group) => group.length > 0);
  const first = candidates?.[0];
  if (!candidates || !first) return null;
  const { name, municipality } = first.place;
  const said = { place: name, ...(municipality === undefined ? {} : { municipality }) };
  const districts = [...new Set(candidates.flatMap((mention) => mention.place.districts))];
  const [only] = districts;
  if (districts.length === 1 && only !== undefined) return { district: only, ...said };
  return { district: null, ...said, ambiguous: districts };
};

/** The three first digits of a postcode; the rest is thrown away (DOMAIN 1.4). The police's 114 14 is no postcode. */
const postcodePrefix = (text: string): string | null => {
  const five = /(?<![\d+-])(1\d\d) ?(\d\d)(?![\d-])/.exec(text);
  if (five?.[1] !== undefined && !serviceNumbers.has(`${five[1]}${five[2]}`)) return five[1];
  return /(?:postnummer|postnr|post ?code|zip(?: code)?)\D{0,20}(1\d\d)/i.exec(text)?.[1] ?? null;
};

const serviceNumbers = new Set(['11414', '11313']);
