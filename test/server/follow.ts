import type { TestHouse } from '../support/house.ts';
import { until } from '../support/until.ts';

const PATIENCE = 8;

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
  const beats = () => text.split('\n\n').filter((block) => block === ': ').length;
  return {
    text: () => text,
    /** How often the server has looked whether the reader still belongs here: once a second, as its own clock goes. */
    beats,
    /** Waits until the server has ended it. @returns how many beats that took */
    async endedAfterBeats(): Promise<number> {
      const before = beats();
      await Promise.race([over, until(() => beats() - before > PATIENCE)]);
      stop.abort();
      return beats() - before;
    },
    stop: () => stop.abort(),
  };
}
