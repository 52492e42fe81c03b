import { fold } from '../../language/fold.ts';
import heardSpellings from './heard-spellings.json' with { type: 'json' };
import otherScripts from './other-scripts.json' with { type: 'json' };
import { caseForms, endingOf, withoutParticle } from './place-endings.ts';
import { slipFinder } from './place-slips.ts';
import { soundOf } from './place-sounds.ts';
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
  /** What is written together with the name, folded: "dan" in "Tensta'dan". */
  ending: string;
}

export interface PlaceIndex {
  /** The place a run of folded words names: exactly, inflected, by its consonants or with one slip; null otherwise. */
  lookup(words: readonly string[]): FoundName | null;
  /** The most words a name has that begins with this word; 1 when none does. */
  longestFrom(word: string): number;
}

export const indexPlaces = (places: Places): PlaceIndex => {
  const named = namesOf(places);
  const byKey = new Map(named.map(([name, place]) => [keyOf(name), place] as const).reverse());
  const findSlip = slipFinder(byKey.keys());
  const spoken: [string, NamedPlace][] = [...otherScripts, ...heardSpellings].flatMap(({ name, names }) => {
    const place = byKey.get(keyOf(name));
    return place ? names.map((known): [string, NamedPlace] => [known, place]) : [];
  });
  const all = [...named, ...spoken];
  for (const [name, place] of all) for (const form of writtenForms(name)) if (!byKey.has(form)) byKey.set(form, place);
  const { spaced, longest } = spacedNames(all.map(([name]) => name));
  const bySound = soundsOf(byKey);
  const isName = (key: string) => byKey.has(key);
  return {
    longestFrom: (word) => longest.get(word) ?? 1,
    lookup: (words) => {
      const said = words.join('');
      if (ordinaryWords.has(said)) return null;
      const known = endingOf(said, isName);
      const place = known && byKey.get(known.key);
      if (words.length > 1) return place && spaced.has(known.key) ? { place, ending: known.ending } : null;
      if (place) return { place, ending: known.ending };
      const near = bySound.get(soundOf(withoutParticle(said)) ?? '') ?? byKey.get(findSlip(said) ?? '');
      return near ? { place: near, ending: '' } : null;
    },
  };
};

/** Words of everyday language that lie one letter or one ending from a place. */
const ordinaryWords = new Set(
  'skandal solberg globalen huddinges mariaberg langsam slutsen tulling huvudstad huvudstaden huvudstader altan'.split(
    ' ',
  ),
);

const keyOf = (name: string) => fold(name).replaceAll(' ', '');

/** Earlier ones win: a district's name is not its neighbourhood's. */
const namesOf = ({ districts, neighbourhoods, municipalities }: Places): [string, NamedPlace][] => [
  ...districts
    .filter(({ code }) => code !== 'staden')
    .flatMap(({ code, name, formerNames }) =>
      [name, ...formerNames].map((known): [string, NamedPlace] => [known, { name: known, districts: [code] }]),
    ),
  ...neighbourhoods.map(({ name, districts: codes }): [string, NamedPlace] => [name, { name, districts: codes }]),
  ...municipalities.flatMap(({ name, neighbourhoods: parts }) =>
    [name, ...parts].map((known): [string, NamedPlace] => [
      known,
      { name: known, districts: ['outside'], municipality: name },
    ]),
  ),
];

/** A name's key, its cases, and how keyboards without å, ä, ö and ears without y write it. */
const writtenForms = (name: string): string[] => {
  const key = keyOf(name);
  const lower = name.toLowerCase();
  const twoLetters = keyOf(lower.replaceAll('å', 'aa').replaceAll('ä', 'ae').replaceAll('ö', 'oe'));
  const byEar = key.length > 5 && key.endsWith('by') ? [key.replace(/by$/, 'bi')] : [];
  return [key, twoLetters, ...byEar, ...caseForms(key)];
};

/** Names of several words: only these may be said apart, so that "går det" is not Gärdet. */
const spacedNames = (names: readonly string[]) => {
  const spaced = new Set<string>();
  const longest = new Map<string, number>();
  for (const name of names) {
    const words = fold(name).split(' ');
    const [first] = words;
    if (words.length < 2 || first === undefined) continue;
    spaced.add(words.join(''));
    longest.set(first, Math.max(longest.get(first) ?? 1, words.length));
  }
  return { spaced, longest };
};

/** Sounds that only one place has, or places of one district. */
const soundsOf = (byKey: ReadonlyMap<string, NamedPlace>): ReadonlyMap<string, NamedPlace> => {
  const sounds = new Map<string, NamedPlace | null>();
  for (const [key, place] of byKey) {
    const sound = soundOf(key);
    if (sound === undefined) continue;
    const other = sounds.get(sound);
    sounds.set(sound, other === undefined || other === place ? place : null);
  }
  return new Map([...sounds].flatMap(([sound, place]) => (place ? [[sound, place] as const] : [])));
};
