/** What a known name with an ending or a particle means. */
export interface Inflected {
  key: string;
  /** What stands after the name, folded; empty when it stands bare. */
  ending: string;
}

/** "Rinkebys", "Farstaskolan", "Kistassa", "Tensta'dan", "برينكبي", "Ринкебю": a known name and what languages put around it. */
export const endingOf = (said: string, isName: (key: string) => boolean): Inflected | undefined => {
  const shortest = Math.max(4, said.length - longestEnding);
  if (isName(said)) return { key: said, ending: '' };
  for (let cut = said.length - 1; cut >= shortest; cut -= 1) {
    const key = said.slice(0, cut);
    if (!isName(key)) continue;
    const ending = said.slice(cut);
    if (isEnding(ending, cut)) return { key, ending };
  }
  const rest = withoutParticle(said);
  return rest === said ? undefined : endingOf(rest, isName);
};

/** A word without the preposition or article that its script writes together with it, or the word itself. */
export const withoutParticle = (said: string): string => {
  if (isLatin(said)) return said;
  const particle = particles.find((start) => said.startsWith(start) && said.length - start.length >= 4);
  return particle === undefined ? said : said.slice(particle.length);
};

/** "from there": Turkish and Finnish ablatives, Sorani "…ەوە". */
export const leavingEndings: ReadonlySet<string> = new Set('den dan ten tan sta lta ista ilta وه'.split(' '));
/** "in there" and "to there": what says with an ending what others say with a preposition. */
export const placeEndings: ReadonlySet<string> = new Set(
  (
    'de da te ta deki daki teki taki deyim dayim deyiz dayiz teyim tayim teyiz tayiz ye ya e a ssa issa lla illa lle ille an en in iin hin hyn yn on ' +
    'cie ie دا يدا'
  ).split(' '),
);

/** Most words are written in Latin letters and are spared what is for other scripts. */
export const isLatin = (said: string) => said < '\u0250';

const isEnding = (ending: string, nameLength: number): boolean => {
  if (isOneVowel.has(ending)) return nameLength >= longName;
  return endings.has(ending) || (ending[0] === 's' && endings.has(ending.slice(1)));
};

/** One letter more is an ending only on a name that no other word resembles. */
const longName = 7;
const isOneVowel = new Set(['e', 'a', 'y', 'i']);

const endings = new Set([
  ...leavingEndings,
  ...placeEndings,
  ...(
    's skolan skola centrum torg torget bibliotek biblioteket hallen gymnasium gymnasiet borna bo trakten hallet omradet ' +
    'nin nun li lik liyim liyiz ssakin seen n ssan cent c cen u em owi ' +
    // Sorani and Persian plurals and links, Russian cases.
    'ي ه ا ان ين م е у ом ы и а ой'
  ).split(' '),
]);
const longestEnding = Math.max(...[...endings].map((ending) => ending.length)) + 1;

/** What Arabic, Sorani and Tigrinya write together with the name: in, to, the, and. */
const particles = ['وال', 'بال', 'لل', 'ال', 'ب', 'ل', 'و', 'ኣብ', 'ካብ', 'ናብ', 'ናይ', 'ብ', 'ን'];

/** Cases that change a name's own end: "w Farście", "z Solny", "w Botkyrce"; "в Тенсте", "из Тенсты". */
export const caseForms = (key: string): string[] => {
  const stem = key.slice(0, -1);
  if (key.length < 5) return [];
  if (key.endsWith('а')) return ['е', 'у', 'ы', 'ой'].map((ending) => stem + ending);
  if (!key.endsWith('a')) return [];
  const softened = softEnds.filter(([end]) => key.endsWith(end)).map(([end, soft]) => key.slice(0, -end.length) + soft);
  return [`${stem}y`, `${stem}ie`, ...softened];
};

/** What a Polish locative or genitive makes of the last consonant before -a. */
const softEnds: readonly (readonly [end: string, soft: string])[] = [
  ['ta', 'cie'],
  ['ka', 'ce'],
  ['ka', 'ki'],
  ['ga', 'dze'],
  ['ga', 'gi'],
  ['da', 'dzie'],
  ['ra', 'rze'],
  ['la', 'li'],
  ['ja', 'ji'],
];
