import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';

/** How a load went. `busy` is the share of one processor that the load itself used: near 1 it is the load that is measured. */
export interface Driven {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  busy: number;
}

export interface Drive {
  inFlight: number;
  warmMs: number;
  measureMs: number;
  /** One piece of work of one of the `inFlight` slots. */
  once(slot: number): Promise<unknown>;
}

/** Keeps `inFlight` pieces of work going, and counts those that begin and end within the measured time. */
export async function drive({ inFlight, warmMs, measureMs, once }: Drive): Promise<Driven> {
  const took: number[] = [];
  const begins = performance.now() + warmMs;
  const ends = begins + measureMs;
  let cpu = process.cpuUsage();
  const warm = sleep(warmMs).then(() => {
    cpu = process.cpuUsage();
  });
  const slots = Array.from({ length: inFlight }, async (_, slot) => {
    for (let from = performance.now(); from < ends; ) {
      await once(slot);
      const now = performance.now();
      if (now >= begins && now < ends) took.push(now - from);
      from = now;
    }
  });
  await Promise.all([warm, ...slots]);
  const used = process.cpuUsage(cpu);
  took.sort((a, b) => a - b);
  return {
    perSecond: (took.length / measureMs) * 1_000,
    p50Ms: percentile(took, 0.5),
    p99Ms: percentile(took, 0.99),
    busy: (used.user + used.system) / 1_000 / measureMs,
  };
}
