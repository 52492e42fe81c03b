import { RISK_KINDS, RISKS } from '../../src/bot/outcome.ts';
import { HEADS, type HeadName, type Model, quantise, type Table } from '../../src/bot/safety/classifier.ts';
import { createFeatureIndex, type Known } from '../../src/bot/safety/feature-index.ts';
import type { Features } from '../../src/bot/safety/features.ts';
import { INTENTS, type Intent } from '../../src/bot/safety/intents.ts';
import type { Example } from './train-corpus.ts';
import { type Sample, trainLinear } from './train-linear.ts';

export interface Read {
  example: Example;
  features: Features;
}

/** A question that is only known to be asked for something. */
export interface Asked {
  intent: Intent;
  features: Features;
}

const SETTINGS = { epochs: 6, rate: 0.15, decay: 6e-4, dropout: 0.25 };
/** A feature must stand in so many written lines to be learned: what stands in fewer says nothing about others. */
const FEWEST_LINES = 5;
/** Weight of none, elevated, urgent and emergency in what the risk head learns. */
const SHARES = [0.4, 0.14, 0.23, 0.23];
/** What a question counts beside a written line, and how far rare intents are made to weigh as much as common ones. */
const QUESTION_WEIGHT = 0.7;
const EVENNESS = 0.8;
const SOLE = { risk: RISKS.length, kinds: RISK_KINDS.length, intent: INTENTS.length, human: 1 };

/**
 * Trains every head: the same texts and seed give the same bytes. Levels and intents are the mean of one run on each draw,
 * which wavers less than one run: draws differ in how the same lines are varied.
 */
export function trainModel(
  draws: ReadonlyArray<readonly Read[]>,
  asked: readonly Asked[],
  options: { seed: number; stamp: string },
): Model {
  const hashes = commonFeatures(draws.flat(), asked);
  const index = createFeatureIndex(hashes);
  const known = draws.map((reads) => reads.map(({ example, features }) => ({ example, known: index(features) })));
  const head = (name: HeadName, runs: ReadonlyArray<readonly Sample[]>): Table => {
    const { columns, exclusive } = HEADS[name];
    if (columns !== SOLE[name]) throw new Error(`${name}: ${SOLE[name]} columns are needed`);
    const total = new Float32Array(hashes.length * columns);
    for (const [run, samples] of runs.entries()) {
      const sizes = { columns, rows: hashes.length, exclusive };
      const weights = trainLinear(samples, { ...SETTINGS, ...sizes, seed: options.seed + run });
      for (let slot = 0; slot < total.length; slot += 1)
        total[slot] = (total[slot] ?? 0) + (weights[slot] ?? 0) / runs.length;
    }
    return quantise(total, columns);
  };
  const first = (target: (example: Example) => number[]): Sample[][] => [
    (known[0] ?? []).map((read) => ({
      known: read.known,
      target: target(read.example),
      weight: read.example.weight,
    })),
  ];
  const questions = asked.map(({ intent, features }) => ({
    known: index(features),
    of: intent,
    weight: QUESTION_WEIGHT,
  }));
  // An emergency is always told of first: what the words are about is learned from everything else.
  const intents = known.map((reads) => [
    ...reads
      .filter(({ example }) => example.risk !== 'emergency' && example.mixed !== true)
      .map((read) => ({ known: read.known, of: read.example.intent, weight: read.example.weight })),
    ...questions,
  ]);
  return {
    stamp: options.stamp,
    hashes,
    tables: {
      risk: head('risk', known.map(levelled)),
      kinds: head(
        'kinds',
        first((example) => RISK_KINDS.map((kind) => (example.kinds.includes(kind) ? 1 : 0))),
      ),
      intent: head('intent', intents.map(evened)),
      human: head(
        'human',
        first((example) => [example.wantsHuman ? 1 : 0]),
      ),
    },
  };
}

/** The features that stand in enough written lines; variants of a line are one. */
function commonFeatures(reads: readonly Read[], asked: readonly Asked[]): Uint32Array {
  const lines = new Map<number, number>();
  const latest = new Map<number, number>();
  const count = (hash: number, line: number) => {
    if (latest.get(hash) === line) return;
    latest.set(hash, line);
    lines.set(hash, (lines.get(hash) ?? 0) + 1);
  };
  const byLine = [...reads].sort((a, b) => a.example.base - b.example.base);
  for (const { example, features } of byLine) for (const hash of features.hashes) count(hash, example.base);
  for (const [order, { features }] of asked.entries()) for (const hash of features.hashes) count(hash, -1 - order);
  return Uint32Array.from([...lines].filter(([, many]) => many >= FEWEST_LINES).map(([hash]) => hash)).sort();
}

const one = <T>(columns: readonly T[], value: T): number[] => columns.map((column) => (column === value ? 1 : 0));

/** Levels weigh what SHARES says however many texts of each were written: more jokes must not make alarms rarer. */
function levelled(reads: ReadonlyArray<{ example: Example; known: Known }>): Sample[] {
  const totals = RISKS.map((risk) =>
    reads.reduce((sum, { example }) => sum + (example.risk === risk ? example.weight : 0), 0),
  );
  const whole = totals.reduce((sum, total) => sum + total, 0);
  return reads.map(({ example, known }) => {
    const level = RISKS.indexOf(example.risk);
    const factor = ((SHARES[level] ?? 0) * whole) / (totals[level] ?? 1);
    return { known, target: one(RISKS, example.risk), weight: example.weight * factor };
  });
}

function evened(texts: ReadonlyArray<{ known: Known; of: Intent; weight: number }>): Sample[] {
  const totals = new Map<Intent, number>();
  for (const { of, weight } of texts) totals.set(of, (totals.get(of) ?? 0) + weight);
  const mean = [...totals.values()].reduce((sum, total) => sum + total, 0) / INTENTS.length;
  return texts.map(({ known, of, weight }) => {
    const factor = (mean / (totals.get(of) ?? mean)) ** EVENNESS;
    return { known, target: one(INTENTS, of), weight: weight * factor };
  });
}
