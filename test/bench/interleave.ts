export type Contenders<Name extends string, T> = Record<Name, (round: number) => Promise<T>>;

/**
 * Runs all contenders in every round, in turning order, and gives each one's results by round. The first round warms up
 * processes and caches and is dropped.
 */
export async function interleave<Name extends string, T>(
  rounds: number,
  contenders: Contenders<Name, T>,
  progress: (round: number) => void = () => {},
): Promise<Record<Name, T[]>> {
  const names = namesOf(contenders);
  const results = recordOf<Name, T[]>(names, () => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const result = await contenders[name](round).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : 'unknown error'}`);
      });
      if (round > 0) results[name].push(result);
    }
    progress(round);
  }
  return results;
}

// Object.keys forgets the names; these two are the only places that know it.
const namesOf = <Name extends string>(record: Record<Name, unknown>) => Object.keys(record) as Name[];
const recordOf = <Name extends string, T>(names: readonly Name[], make: () => T) =>
  Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, T>;
