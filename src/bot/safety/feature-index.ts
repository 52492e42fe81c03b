import type { Features } from './features.ts';

/** The features a model knows, as rows of its tables and their weights, in step. */
export interface Known {
  rows: Uint32Array;
  values: Float32Array;
}

/** Finds the rows of the features of a text; what was never learned from is left out. */
export type FeatureIndex = (features: Features) => Known;

const EMPTY = -1;

/** @param hashes the known features; a feature's row is its place in the list. Open addressing, at most half full. */
export function createFeatureIndex(hashes: Uint32Array): FeatureIndex {
  const size = 2 ** Math.ceil(Math.log2(hashes.length * 2 + 2));
  const slots = new Int32Array(size).fill(EMPTY);
  for (let row = 0; row < hashes.length; row += 1) {
    let slot = (hashes[row] ?? 0) & (size - 1);
    while (slots[slot] !== EMPTY) slot = (slot + 1) & (size - 1);
    slots[slot] = row;
  }
  const rowOf = (hash: number): number => {
    for (let slot = hash & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const row = slots[slot] ?? EMPTY;
      if (row === EMPTY || hashes[row] === hash) return row;
    }
  };
  // Every head of the model asks for the same text.
  const before = new WeakMap<Features, Known>();
  return (features) => {
    const known = before.get(features);
    if (known !== undefined) return known;
    const rows = new Uint32Array(features.hashes.length);
    const values = new Float32Array(features.hashes.length);
    let length = 0;
    for (let at = 0; at < features.hashes.length; at += 1) {
      const row = rowOf(features.hashes[at] ?? 0);
      if (row === EMPTY) continue;
      rows[length] = row;
      values[length] = features.values[at] ?? 0;
      length += 1;
    }
    const found = { rows: rows.subarray(0, length), values: values.subarray(0, length) };
    before.set(features, found);
    return found;
  };
}
