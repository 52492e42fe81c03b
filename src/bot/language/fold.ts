/**
 * Lower case without diacritics, apostrophes or signs, words parted by one blank: "Älvsjös torg!" becomes "alvsjos torg".
 * People leave out dots and accents on phones, so å and ä count as a, ö as o, in what is searched and in the query alike.
 * Letters that keyboards of one script write in several ways become one: Arabic and Persian ye and kaf, Ge'ez homophones.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[øœæıłđßىیېےکەةۀھأإآٱـۆێڕڵሠ-ሧኀ-ኇፀ-ፇ]/g, (letter) => sameLetter.get(letter) ?? letter)
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const pairs: readonly (readonly [from: string, to: string])[] = [
  ['øœæıłđ', 'ooaild'],
  ['ىیېے', 'يييي'],
  ['کەةۀھأإآٱ', 'كههههاااا'],
  ['ۆێڕڵ', 'ويرل'],
  ['ሠሡሢሣሤሥሦሧ', 'ሰሱሲሳሴስሶሷ'],
  ['ኀኁኂኃኄኅኆኇ', 'ሐሑሒሓሔሕሖሗ'],
  ['ፀፁፂፃፄፅፆፇ', 'ጸጹጺጻጼጽጾጿ'],
];

const sameLetter = new Map<string, string>([
  ['ß', 'ss'],
  ['ـ', ''],
  ...pairs.flatMap(([from, to]) => [...from].map((letter, at) => [letter, to[at] ?? letter] as const)),
]);
