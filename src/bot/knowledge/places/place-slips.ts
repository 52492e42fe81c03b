/** The one name a word is a slip of the pen from, or undefined. */
export type FindSlip = (said: string) => string | undefined;

/**
 * One slip in a long name, the first letter right: a letter too few, too many, wrong, or two swapped. Six letters allow only
 * a swap: "farsa" is not Farsta. Names are kept by what a slip makes of them, so a word costs its length, not the list's.
 */
export const slipFinder = (names: Iterable<string>): FindSlip => {
  const near = new Map<string, Set<string>>();
  const long = new Set<string>();
  /** One slip leaves either the first three or the last four letters of a long name as they are. */
  const ends = new Set<string>();
  for (const name of names) {
    if (name.length < 6) continue;
    const forms = swaps(name);
    if (name.length > 6) {
      forms.push(...gaps(name), ...(name.length > 7 ? deletions(name) : []));
      long.add(name);
      ends.add(headOf(name)).add(tailOf(name));
    }
    for (const form of forms) near.set(form, (near.get(form) ?? new Set()).add(name));
  }
  return (said) => {
    if (said.length < 6) return undefined;
    const found = [...(near.get(said) ?? [])];
    if (said.length > 6 && (ends.has(headOf(said)) || ends.has(tailOf(said)))) {
      for (const form of gaps(said)) found.push(...(near.get(form) ?? []));
      found.push(...deletions(said).filter((name) => long.has(name)));
    }
    const [only, ...others] = new Set(found);
    return others.length === 0 ? only : undefined;
  };
};

const headOf = (word: string) => `${word.slice(0, 3)}-`;
const tailOf = (word: string) => `-${word.slice(-4)}`;
const afterFirst = (word: string) => Array.from({ length: word.length - 1 }, (_, index) => index + 1);
const deletions = (word: string) => afterFirst(word).map((at) => word.slice(0, at) + word.slice(at + 1));
const gaps = (word: string) => afterFirst(word).map((at) => `${word.slice(0, at)}*${word.slice(at + 1)}`);
const swaps = (word: string) =>
  afterFirst(word)
    .filter((at) => word[at + 1] !== undefined && word[at] !== word[at + 1])
    .map((at) => `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`);
