import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openLive } from '../../../src/inbox/tab/live.ts';

const EVENT = { conversation: 'cnv_1', kind: 'changed', version: 2, seq: null };

/** A server whose streams are opened, written and ended by hand. */
function makeServer() {
  const open: { write(text: string): void; end(): void }[] = [];
  const lastIds: (string | null)[] = [];
  let refuse = false;
  return {
    open,
    lastIds,
    refuse: (yes: boolean) => {
      refuse = yes;
    },
    async stream(lastId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
      lastIds.push(lastId);
      if (refuse) throw new Error('refused');
      return new ReadableStream({
        start(controller) {
          const end = () => controller.error(new Error('ended'));
          signal.addEventListener('abort', end);
          open.push({ write: (text) => controller.enqueue(new TextEncoder().encode(text)), end });
        },
      });
    },
  };
}

function start() {
  const server = makeServer();
  const seen = { events: 0, resyncs: 0, links: [] as boolean[], typing: [] as string[] };
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
  const window = Object.assign(new EventTarget(), { document });
  const stop = openLive({
    stream: server.stream,
    onTyping: (conversation) => seen.typing.push(conversation),
    onEvent: () => {
      seen.events += 1;
    },
    onResync: () => {
      seen.resyncs += 1;
    },
    onLink: (up) => seen.links.push(up),
    window,
    random: () => 1,
  });
  return { server, seen, window, document, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('reads again on connecting, and at latest every 25 s without a single event', async () => {
  const { seen, stop } = start();
  await pass(0);
  expect(seen.resyncs).toBe(1);
  await pass(25_000);
  expect(seen.resyncs).toBeGreaterThanOrEqual(2);
  stop();
});

it('a broken stream is opened again from the last event, and everything is read again', async () => {
  const { server, seen, stop } = start();
  await pass(0);
  server.open[0]?.write(`id: 41\ndata: ${JSON.stringify(EVENT)}\n\n`);
  await pass(0);
  expect(seen.events).toBe(1);
  server.open[0]?.end();
  await pass(1_000);
  expect(server.lastIds).toEqual([null, '41']);
  expect(seen.links).toEqual([true, true]);
  expect(seen.resyncs).toBe(2);
  stop();
});

it('waits longer after every refusal, but not when the reader comes back to the page', async () => {
  const { server, seen, window, stop } = start();
  server.refuse(true);
  await pass(0);
  server.open[0]?.end();
  await pass(60_000);
  const tries = server.lastIds.length;
  expect(seen.links).toContain(false);
  expect(tries).toBeLessThan(12);
  window.dispatchEvent(new Event('online'));
  await pass(0);
  expect(server.lastIds.length).toBe(tries + 1);
  stop();
});

it('a stream that is silent for too long is given up', async () => {
  const { server, stop } = start();
  await pass(30_000);
  server.open[0]?.write(': ping\n\n');
  await pass(30_000);
  expect(server.open.length).toBe(1);
  await pass(20_000);
  expect(server.open.length).toBe(2);
  stop();
});

it('an event it cannot read is a reason to read everything', async () => {
  const { server, seen, stop } = start();
  await pass(0);
  server.open[0]?.write('data: nonsense\n\n');
  await pass(0);
  expect(seen).toMatchObject({ events: 0, resyncs: 2 });
  stop();
});

it('stops for good when asked', async () => {
  const { server, seen, stop } = start();
  await pass(0);
  stop();
  await pass(120_000);
  expect(server.open.length).toBe(1);
  expect(seen.resyncs).toBe(1);
});
