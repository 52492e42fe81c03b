import type { ModelTime } from '../../src/server/model/create-model.ts';

/** Time limits that end when the test says so, however fast the machine is, and how long each was to last, milliseconds. */
export function handTime(now?: () => number) {
  const limits: number[] = [];
  let running: AbortController[] = [];
  const time: ModelTime = {
    now: now ?? (() => performance.now()),
    after(ms) {
      const limit = new AbortController();
      limits.push(ms);
      running.push(limit);
      return limit.signal;
    },
  };
  return {
    time,
    limits,
    end() {
      for (const limit of running) limit.abort(new DOMException('the time is up', 'TimeoutError'));
      running = [];
    },
  };
}
