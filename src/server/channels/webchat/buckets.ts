/** Token buckets in memory: limits without remembering who called (G2). */
export interface Buckets {
  /** @returns 0 when the call may pass, otherwise the seconds until one may. */
  take(key: string): number;
}

export interface BucketSize {
  capacity: number;
  perSecond: number;
}

const KEPT = 20_000;

export function createBuckets({ capacity, perSecond }: BucketSize, clock: () => Date): Buckets {
  const buckets = new Map<string, { level: number; atMs: number }>();
  return {
    take(key) {
      const nowMs = clock().getTime();
      const known = buckets.get(key) ?? { level: capacity, atMs: nowMs };
      const level = Math.min(capacity, known.level + (Math.max(0, nowMs - known.atMs) / 1000) * perSecond);
      buckets.delete(key);
      buckets.set(key, { level: level >= 1 ? level - 1 : level, atMs: nowMs });
      if (buckets.size > KEPT) forgetFull(nowMs);
      return level >= 1 ? 0 : Math.max(1, Math.ceil((1 - level) / perSecond));
    },
  };

  /** A bucket that has filled up again says nothing; the oldest are looked at first. */
  function forgetFull(nowMs: number): void {
    for (const [key, { level, atMs }] of buckets) {
      if (level + ((nowMs - atMs) / 1000) * perSecond < capacity) return;
      buckets.delete(key);
    }
  }
}
