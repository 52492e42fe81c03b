import type { Page } from 'playwright-core';

/**
 * Whatever the page would wait for so long or longer never comes on it: what is shown then is shown in less, however slow the
 * machine is that runs the test.
 */
export const impatient =
  (ms: number) =>
  (page: Page): Promise<unknown> =>
    page.addInitScript(`for (const name of ['setTimeout', 'setInterval']) {
  const wait = window[name].bind(window);
  window[name] = (act, delay, ...more) => (delay >= ${ms} ? 0 : wait(act, delay, ...more));
}`);

/** The page's clock stands still: its time limits end only when the test lets `page.clock` run. */
export async function atNoon(page: Page): Promise<void> {
  await page.clock.install({ time: '2026-11-24T11:00:00Z' });
  await page.clock.pauseAt('2026-11-24T11:00:01Z');
}
