import { parseArgs } from 'node:util';

export interface Arguments {
  /** Benchmarks to run; empty means all. */
  names: string[];
  rounds: number;
  /** Where to write the figures. */
  jsonFile: string | null;
  /** `small`: the same on little, to see that it runs. */
  size: 'full' | 'small';
}

const MOST_ROUNDS = 99;

/** `[NAME…] [--rounds N] [--json FILE] [--size small]`. @throws Error of one line for anything else. */
export function readArguments(args: readonly string[], known: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '9' },
      json: { type: 'string' },
      size: { type: 'string', default: 'full' },
    },
  });
  const stranger = positionals.find((name) => !known.includes(name));
  if (stranger) throw new Error(`there is no benchmark "${stranger}"; there are ${known.join(' and ')}`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MOST_ROUNDS)
    throw new Error(`--rounds must be a whole number from 1 to ${MOST_ROUNDS}`);
  const { size } = values;
  if (size !== 'full' && size !== 'small') throw new Error('--size must be full or small');
  return { names: positionals, rounds, jsonFile: values.json ?? null, size };
}
