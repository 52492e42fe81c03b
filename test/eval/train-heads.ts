import { RISK_KINDS, RISKS } from '../../src/bot/outcome.ts';
import { HEADS, type HeadName, type Model, quantise, type Table } from '../../src/bot/safety/classifier.ts';
import type { Features } from '../../src/bot/safety/features.ts';
import { INTENTS } from '../../src/bot/safety/intents.ts';
import type { Example } from './train-corpus.ts';
import { type Sample, trainLinear } from './train-linear.ts';

export interface Read {
  example: Example;
  features: Features;
}

const SETTINGS = { epochs: 6, rate: 0.15, decay: 6e-4, dropout: 0.25 };
/** The mean of several runs wavers less than one. */
const RISK_RUNS = 3;
/** Weight of none, elevated, urgent and emergency in what the risk head learns. */
const SHARES = [0.4, 0.14, 0.23, 0.23];
const SOLE = { risk: RISKS.length, kinds: RISK_KINDS.length, intent: INTENTS.length, human: 1 };

/** Trains every head on the texts given: the same texts and seed give the same bytes. */
export function trainModel(reads: readonly Read[], options: { seed: number; stamp: string }): Model {
  const head = (name: HeadName, samples: readonly Sample[], runs = 1): Table => {
    const { columns, rows, exclusive } = HEADS[name];
    if (columns !== SOLE[name]) throw new Error(`${name}: ${SOLE[name]} columns are needed`);
    const total = new Float32Array(rows * columns);
    for (let run = 0; run < runs; run += 1) {
      const weights = trainLinear(samples, { ...SETTINGS, columns, rows, exclusive, seed: options.seed + run });
      for (let slot = 0; slot < total.length; slot += 1) total[slot] = (total[slot] ?? 0) + (weights[slot] ?? 0) / runs;
    }
    return quantise(total, columns);
  };
  const all = (target: (example: Example) => number[], wanted: (example: Example) => boolean = () => true): Sample[] =>
    reads
      .filter(({ example }) => wanted(example))
      .map(({ example, features }) => ({ features, target: target(example), weight: example.weight }));
  return {
    stamp: options.stamp,
    tables: {
      risk: head('risk', evened(reads), RISK_RUNS),
      kinds: head(
        'kinds',
        all((example) => RISK_KINDS.map((kind) => (example.kinds.includes(kind) ? 1 : 0))),
      ),
      // An emergency is always told of first: what the words are about is learned from everything else.
      intent: head(
        'intent',
        all(
          (example) => one(INTENTS, example.intent),
          (example) => example.risk !== 'emergency' && example.mixed !== true,
        ),
      ),
      human: head(
        'human',
        all((example) => [example.wantsHuman ? 1 : 0]),
      ),
    },
  };
}

const one = <T>(columns: readonly T[], value: T): number[] => columns.map((column) => (column === value ? 1 : 0));

/** Levels weigh what SHARES says however many texts of each were written: more jokes must not make alarms rarer. */
function evened(reads: readonly Read[]): Sample[] {
  const totals = RISKS.map((risk) =>
    reads.reduce((sum, { example }) => sum + (example.risk === risk ? example.weight : 0), 0),
  );
  const whole = totals.reduce((sum, total) => sum + total, 0);
  return reads.map(({ example, features }) => {
    const level = RISKS.indexOf(example.risk);
    const factor = ((SHARES[level] ?? 0) * whole) / (totals[level] ?? 1);
    return { features, target: one(RISKS, example.risk), weight: example.weight * factor };
  });
}
