import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { featuresOf } from './search-features.ts';

const headerSchema = z.strictObject({
  /** Topic ids in the order of the weights; the last, '', is what no topic answers. */
  classes: z.array(z.string()).min(2),
  buckets: z.int().positive(),
  /** What one step of a class's weights is worth. */
  scales: z.array(z.number()),
  bias: z.array(z.number()),
  /** SHA-256 of the training texts, so that a test can tell stale weights. */
  trainedOn: z.string(),
});
export type ModelHeader = z.infer<typeof headerSchema>;

/** A linear model over hashed features, as search-weights.bin holds it: header line, weights, rarities. */
export interface SearchModel {
  header: ModelHeader;
  /** Bucket by bucket, one signed byte a class. */
  weights: Int8Array;
  /** Rarity of each bucket's features in sixteenths of a nat. */
  rarity: Uint8Array;
}

/** Meanings weigh a little less than words; chosen by cross-validation (test/eval/topics/train.ts). */
export const conceptShare = 0.7;
export const rarityStep = 1 / 16;

export const readModel = (file: URL = new URL('./search-weights.bin', import.meta.url)): SearchModel => {
  const bytes = readFileSync(file);
  const end = bytes.indexOf(10);
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 0, end)));
  const size = header.buckets * header.classes.length;
  if (bytes.length !== end + 1 + size + header.buckets) throw new Error('search-weights.bin is cut short');
  return {
    header,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + end + 1, size),
    rarity: new Uint8Array(bytes.buffer, bytes.byteOffset + end + 1 + size, header.buckets),
  };
};

/** A text's features: buckets and, at the same places, their values. */
export interface TextVector {
  buckets: Int32Array;
  values: Float64Array;
}

/** Each of the two kinds of features is scaled to a length of its own. Plain arrays: this is the search's hot path. */
export const vectorOf = (text: string, size: number, rarity: Uint8Array | null): TextVector => {
  const { words, concepts } = featuresOf(text);
  const buckets = new Int32Array(words.size + concepts.size);
  const values = new Float64Array(buckets.length);
  const fill = (hashes: Set<number>, from: number, length: number) => {
    let at = from;
    let sum = 0;
    for (const hash of hashes) {
      const bucket = (hash >>> 0) % size;
      const value = rarity === null ? 1 : (rarity[bucket] ?? 0) * rarityStep;
      buckets[at] = bucket;
      values[at] = value;
      sum += value * value;
      at += 1;
    }
    const factor = sum === 0 ? 0 : length / Math.sqrt(sum);
    for (let place = from; place < at; place += 1) values[place] = (values[place] ?? 0) * factor;
  };
  fill(words, 0, 1);
  fill(concepts, words.size, conceptShare);
  return { buckets, values };
};

/** The chance of each class, adding up to one. */
export const chancesOf = (text: string, { header, weights, rarity }: SearchModel): Float64Array => {
  const count = header.classes.length;
  const sums = new Float64Array(count);
  const { buckets, values } = vectorOf(text, header.buckets, rarity);
  for (let place = 0; place < buckets.length; place += 1) {
    const value = values[place] ?? 0;
    const offset = (buckets[place] ?? 0) * count;
    for (let at = 0; at < count; at += 1) sums[at] = (sums[at] ?? 0) + value * (weights[offset + at] ?? 0);
  }
  return softmax(sums.map((sum, at) => sum * (header.scales[at] ?? 0) + (header.bias[at] ?? 0)));
};

export const softmax = (values: Float64Array): Float64Array => {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};
