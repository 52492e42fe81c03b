import type { Pace } from './pace.ts';
import { SendFailure } from './send-failure.ts';

/** Runs the calls to one Teams conversation one after the other, for calls at once answer 412, and no faster than Teams allows. */
export interface Line {
  /**
   * Waits out the pace and a pause that Teams has asked for with Retry-After.
   * @throws SendFailure `later` with the time to come back when that is longer than `patienceMs`.
   */
  run<T>(key: string, call: () => Promise<T>): Promise<T>;
}

export interface LineDeps {
  pace: Pace;
  clock(): Date;
  delay(ms: number): Promise<void>;
  patienceMs?: number;
}

export function createLine({ pace, clock, delay, patienceMs = 2_000 }: LineDeps): Line {
  const tails = new Map<string, Promise<unknown>>();
  const quietUntil = new Map<string, number>();

  return {
    run(key, call) {
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(() => attempt(key, call));
      const tail = mine.catch(() => {});
      tails.set(key, tail);
      void tail.then(() => tails.get(key) === tail && tails.delete(key));
      return mine;
    },
  };

  async function attempt<T>(key: string, call: () => Promise<T>): Promise<T> {
    for (let ms = wait(key); ms > 0; ms = wait(key)) {
      if (ms > patienceMs) throw new SendFailure('later', 'paused', ms);
      await delay(ms);
    }
    quietUntil.delete(key);
    pace.spend(key);
    try {
      return await call();
    } catch (error) {
      const ms = error instanceof SendFailure ? error.retryAfterMs : null;
      if (ms !== null) quietUntil.set(key, clock().getTime() + ms);
      throw error;
    }
  }

  function wait(key: string): number {
    return Math.max((quietUntil.get(key) ?? 0) - clock().getTime(), pace.wait(key));
  }
}

/** A channel's id without a thread of it: threads share the channel's limits. */
export const channelOf = (conversationId: string): string => conversationId.replace(/;messageid=.*$/, '');
