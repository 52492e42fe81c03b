import { SendFailure } from './send-failure.ts';

/** Runs the calls to one Teams conversation one after the other: calls at once answer 412 (MICROSOFT §9). */
export interface Line {
  /** Waits out a pause that Teams has asked for with Retry-After; @throws SendFailure `later` when it is longer than `patienceMs`. */
  run<T>(key: string, call: () => Promise<T>): Promise<T>;
}

export interface LineDeps {
  clock(): Date;
  delay(ms: number): Promise<void>;
  patienceMs?: number;
}

export function createLine({ clock, delay, patienceMs = 20_000 }: LineDeps): Line {
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
    const pauseMs = (quietUntil.get(key) ?? 0) - clock().getTime();
    if (pauseMs > patienceMs) throw new SendFailure('later', 'paused', pauseMs);
    if (pauseMs > 0) await delay(pauseMs);
    quietUntil.delete(key);
    try {
      return await call();
    } catch (error) {
      const ms = error instanceof SendFailure ? error.retryAfterMs : null;
      if (ms !== null) quietUntil.set(key, clock().getTime() + ms);
      throw error;
    }
  }
}
