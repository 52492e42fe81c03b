import type { TestHouse } from '../support/house.ts';
import { until } from '../support/until.ts';

/** An open inbox stream, as a browser reads it. */
export async function follow(house: TestHouse, headers: Record<string, string>, after?: string) {
  const stop = new AbortController();
  const response = await fetch(`${house.url}/api/inbox/stream`, {
    headers: { ...headers, ...(after ? { 'last-event-id': after } : {}) },
    signal: stop.signal,
  });
  if (response.status !== 200) throw new Error(`the stream answered ${response.status}`);
  let text = '';
  const over = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
  })().catch(() => {});
  // What is done before the server has said where "now" is would not be told of.
  if (!after) await Promise.race([over, until(() => text.includes('event: ready'))]);
  return {
    text: () => text,
    /** @returns milliseconds since the call until the server ended it, or Infinity. */
    async endedAfterMs(limitMs: number): Promise<number> {
      const from = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, limitMs, false);
      });
      const ended = await Promise.race([over.then(() => true), limit]);
      clearTimeout(timer);
      stop.abort();
      return ended ? performance.now() - from : Number.POSITIVE_INFINITY;
    },
    stop: () => stop.abort(),
  };
}
