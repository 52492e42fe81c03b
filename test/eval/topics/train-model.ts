import { rarityStep, type SearchModel, softmax, vectorOf } from '../../../src/bot/knowledge/search-model.ts';
import { fingerprint, type TrainingText } from './training-set.ts';

/** Chosen by cross-validation. 60,000 buckets keep the weights under 3 MB. */
const settings = { buckets: 60_000, rounds: 20, rate: 2, decay: 1e-6, smoothing: 0.05, seed: 1 } as const;

/** Multinomial logistic regression by stochastic gradient descent; the same texts give the same bytes. */
export const trainModel = (texts: readonly TrainingText[], classes: readonly string[]): SearchModel => {
  const { buckets, rounds, rate, decay, smoothing } = settings;
  const count = classes.length;
  const rarity = rarities(texts);
  const samples = texts.map(({ text, topic, weight }) => ({
    vector: vectorOf(text, buckets, rarity),
    gold: classes.indexOf(topic),
    weight,
  }));
  const weights = new Float32Array(buckets * count);
  const bias = new Float64Array(count);
  const random = createRandom(settings.seed);
  for (let round = 0; round < rounds; round += 1) {
    const step = rate * (1 - round / rounds);
    for (const { vector, gold, weight } of shuffled(samples, random)) {
      const sums = Float64Array.from(bias);
      for (const [place, bucket] of vector.buckets.entries())
        for (let at = 0; at < count; at += 1)
          sums[at] = (sums[at] ?? 0) + (vector.values[place] ?? 0) * (weights[bucket * count + at] ?? 0);
      const errors = softmax(sums).map(
        (chance, at) => weight * (chance - (at === gold ? 1 - smoothing : smoothing / (count - 1))),
      );
      for (let at = 0; at < count; at += 1) bias[at] = (bias[at] ?? 0) - step * 0.02 * (errors[at] ?? 0);
      for (const [from, bucket] of vector.buckets.entries())
        for (let at = 0; at < count; at += 1) {
          const value = vector.values[from] ?? 0;
          const place = bucket * count + at;
          const now = weights[place] ?? 0;
          weights[place] = now - step * (value * (errors[at] ?? 0) + decay * now);
        }
    }
  }
  return pack(weights, bias, rarity, classes, fingerprint(texts));
};

const rarities = (texts: readonly TrainingText[]): Uint8Array => {
  const frequency = new Float64Array(settings.buckets);
  for (const { text } of texts)
    for (const bucket of new Set(vectorOf(text, settings.buckets, null).buckets))
      frequency[bucket] = (frequency[bucket] ?? 0) + 1;
  return Uint8Array.from(frequency, (seen) => Math.round(Math.log((texts.length + 1) / (seen + 1)) / rarityStep));
};

const pack = (
  weights: Float32Array,
  bias: Float64Array,
  rarity: Uint8Array,
  classes: readonly string[],
  trainedOn: string,
): SearchModel => {
  const scales = classes.map((_, at) => {
    let highest = 0;
    for (let place = at; place < weights.length; place += classes.length)
      highest = Math.max(highest, Math.abs(weights[place] ?? 0));
    return highest / 127 || 1;
  });
  const bytes = Int8Array.from(weights, (weight, place) => Math.round(weight / (scales[place % classes.length] ?? 1)));
  return {
    header: { classes: [...classes], buckets: settings.buckets, scales, bias: [...bias], trainedOn },
    weights: bytes,
    rarity,
  };
};

const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [order[at], order[other]];
    if (a !== undefined && b !== undefined) [order[at], order[other]] = [b, a];
  }
  return order;
};

const createRandom = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
