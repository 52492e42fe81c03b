import { readFileSync } from 'node:fs';
import { createFeatureIndex, type Known } from './feature-index.ts';
import type { Features } from './features.ts';

/** The heads of the model and what they answer. `test/eval/train.ts` fills them. */
export const HEADS = {
  /** none, elevated, urgent, emergency: one of them. */
  risk: { columns: 4, exclusive: true },
  /** Every kind of RISK_KINDS on its own. */
  kinds: { columns: 17, exclusive: false },
  /** One of INTENTS, told that nobody is in danger at this moment. */
  intent: { columns: 28, exclusive: true },
  human: { columns: 1, exclusive: false },
} as const;
export type HeadName = keyof typeof HEADS;
export const HEAD_NAMES: readonly HeadName[] = ['risk', 'kinds', 'intent', 'human'];

export interface Table {
  weights: Int8Array;
  /** What one step of a column's weights is worth. */
  scales: Float32Array;
}

export interface Model {
  /** Hash of the training files it was made from. */
  stamp: string;
  /** The features it knows, by their number; every table has a row for each. */
  hashes: Uint32Array;
  tables: Readonly<Record<HeadName, Table>>;
}

export type Classifier = (head: HeadName, features: Features) => Float64Array;

const STAMP_BYTES = 16;

/** Reads a model from `model/model.bin` (some ms, about 10 MB) and answers with the probability of every column of a head. */
export function createClassifier(model: Model = readModel()): Classifier {
  const index = createFeatureIndex(model.hashes);
  return (head, features) => probabilitiesOf(model.tables[head], head, index(features));
}

function probabilitiesOf(table: Table, head: HeadName, { rows, values }: Known): Float64Array {
  const { columns, exclusive } = HEADS[head];
  const scores = new Float64Array(columns);
  for (let n = 0; n < rows.length; n += 1) {
    const from = (rows[n] ?? 0) * columns;
    const value = values[n] ?? 0;
    for (let c = 0; c < columns; c += 1) scores[c] = (scores[c] ?? 0) + (table.weights[from + c] ?? 0) * value;
  }
  for (let c = 0; c < columns; c += 1) scores[c] = (scores[c] ?? 0) * (table.scales[c] ?? 0);
  toProbabilities(scores, exclusive);
  return scores;
}

/** Scores to probabilities in place: softmax, or one logistic function per column. */
export function toProbabilities(scores: Float64Array, exclusive: boolean): void {
  if (!exclusive) {
    for (let c = 0; c < scores.length; c += 1) scores[c] = 1 / (1 + Math.exp(-(scores[c] ?? 0)));
    return;
  }
  let top = -Infinity;
  for (const score of scores) top = Math.max(top, score);
  let total = 0;
  for (let c = 0; c < scores.length; c += 1) {
    const power = Math.exp((scores[c] ?? 0) - top);
    scores[c] = power;
    total += power;
  }
  for (let c = 0; c < scores.length; c += 1) scores[c] = (scores[c] ?? 0) / total;
}

/** Weights as they were trained, in 8 bits: every column has a scale of its own. */
export function quantise(weights: Float32Array, columns: number): Table {
  const scales = new Float32Array(columns);
  for (const [slot, weight] of weights.entries())
    scales[slot % columns] = Math.max(scales[slot % columns] ?? 0, Math.abs(weight) / 127);
  const small = new Int8Array(weights.length);
  for (const [slot, weight] of weights.entries()) small[slot] = Math.round(weight / (scales[slot % columns] || 1));
  return { weights: small, scales };
}

/** Stamp, number of features, their hashes, then scales and weights of every head. */
export function writeModel({ stamp, hashes, tables }: Model): Uint8Array {
  const parts = [
    new TextEncoder().encode(stamp.padEnd(STAMP_BYTES).slice(0, STAMP_BYTES)),
    bytesOf(Uint32Array.of(hashes.length)),
    bytesOf(hashes),
    ...HEAD_NAMES.flatMap((head) => [bytesOf(tables[head].scales), bytesOf(tables[head].weights)]),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const bytesOf = (numbers: Uint32Array | Float32Array | Int8Array): Uint8Array => new Uint8Array(numbers.slice().buffer);

export function readModel(file: Uint8Array = readFileSync(new URL('./model/model.bin', import.meta.url))): Model {
  // A Buffer may be a view of a larger one: a copy starts where its numbers are aligned.
  const bytes = new Uint8Array(file);
  let at = STAMP_BYTES;
  const take = (length: number): ArrayBuffer => {
    const part = bytes.slice(at, at + length).buffer;
    if (part.byteLength !== length) throw new Error('model.bin is cut short: run node test/eval/train.ts');
    at += length;
    return part;
  };
  const count = new Uint32Array(take(4))[0] ?? 0;
  const hashes = new Uint32Array(take(count * 4));
  const table = (head: HeadName): Table => {
    const { columns } = HEADS[head];
    const scales = new Float32Array(take(columns * 4));
    return { scales, weights: new Int8Array(take(count * columns)) };
  };
  const tables = { risk: table('risk'), kinds: table('kinds'), intent: table('intent'), human: table('human') };
  return { stamp: new TextDecoder().decode(bytes.subarray(0, STAMP_BYTES)).trim(), hashes, tables };
}
