import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition holds; fails after `limitMs` with the test's own stack. */
export async function until(condition: () => Promise<boolean> | boolean, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`still not so after ${limitMs} ms`);
    await sleep(10);
  }
}
