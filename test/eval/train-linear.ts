import { toProbabilities } from '../../src/bot/safety/classifier.ts';
import type { Known } from '../../src/bot/safety/feature-index.ts';
import { type Random, randomOf } from './train-variation.ts';

export interface Sample {
  known: Known;
  /** One number per column, 1 where it holds. A softmax head has exactly one. */
  target: readonly number[];
  weight: number;
}

export interface Settings {
  /** Columns of the head. */
  columns: number;
  /** Rows of the table: how many features are known. */
  rows: number;
  /** One of the columns holds (softmax), or any number of them. */
  exclusive: boolean;
  epochs: number;
  rate: number;
  /** Weight decay per step on the weights a sample touches. */
  decay: number;
  /** Share of a sample's features left out at random in each pass, so that no single word carries a class. */
  dropout: number;
  seed: number;
}

/** A linear head by stochastic gradient with per-weight steps (AdaGrad). Returns rows × columns weights. */
export function trainLinear(samples: readonly Sample[], settings: Settings): Float32Array {
  const { columns, rows } = settings;
  const weights = new Float32Array(rows * columns);
  const squares = new Float32Array(rows * columns).fill(1e-4);
  const random = randomOf(settings.seed);
  const order = Uint32Array.from(samples.keys());
  const scores = new Float64Array(columns);
  const mean = new Float32Array(rows * columns);
  const first = Math.floor(settings.epochs / 2);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = settings.rate * (1 - (0.8 * epoch) / settings.epochs);
    for (const at of order) {
      const sample = samples[at];
      if (sample === undefined) continue;
      const kept = keep(sample.known, settings.dropout, random);
      scores.fill(0);
      for (let n = 0; n < kept.rows.length; n += 1) {
        const from = (kept.rows[n] ?? 0) * columns;
        const value = kept.values[n] ?? 0;
        for (let c = 0; c < columns; c += 1) scores[c] = (scores[c] ?? 0) + (weights[from + c] ?? 0) * value;
      }
      toProbabilities(scores, settings.exclusive);
      for (let c = 0; c < columns; c += 1) scores[c] = ((scores[c] ?? 0) - (sample.target[c] ?? 0)) * sample.weight;
      for (let n = 0; n < kept.rows.length; n += 1) {
        const from = (kept.rows[n] ?? 0) * columns;
        const value = kept.values[n] ?? 0;
        for (let c = 0; c < columns; c += 1) {
          const slot = from + c;
          const old = weights[slot] ?? 0;
          const slope = (scores[c] ?? 0) * value + settings.decay * old;
          const square = (squares[slot] ?? 0) + slope * slope;
          squares[slot] = square;
          weights[slot] = old - (rate * slope) / Math.sqrt(square);
        }
      }
    }
    // The mean of the later passes wavers less than the last one.
    if (epoch < first) continue;
    const part = 1 / (settings.epochs - first);
    for (let slot = 0; slot < mean.length; slot += 1) mean[slot] = (mean[slot] ?? 0) + (weights[slot] ?? 0) * part;
  }
  return mean;
}

function keep({ rows, values }: Known, dropout: number, random: Random): Known {
  const keptRows = new Uint32Array(rows.length);
  const keptValues = new Float32Array(rows.length);
  const scale = 1 / (1 - dropout);
  let size = 0;
  for (let n = 0; n < rows.length; n += 1) {
    if (dropout > 0 && random() < dropout) continue;
    keptRows[size] = rows[n] ?? 0;
    keptValues[size] = (values[n] ?? 0) * scale;
    size += 1;
  }
  return { rows: keptRows.subarray(0, size), values: keptValues.subarray(0, size) };
}

function shuffle(order: Uint32Array, random: Random): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}
