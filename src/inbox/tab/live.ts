import type { StreamEvent, Typing } from '../wire.ts';
import { type Api, Refused } from './api.ts';
import { readEvents } from './read-events.ts';

/** A list is right again after this long whatever was missed (F28: at most 30 s). */
const RESYNC_MS = 20_000;
/** A stream without a byte for this long is dead, also when the network has not noticed. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

export interface LiveDeps {
  stream: Api['stream'];
  /** Something changed in one conversation. */
  onEvent(event: StreamEvent | Typing): void;
  /** Somebody is writing in a conversation just now. */
  onTyping(conversation: string): void;
  /** Read everything again: after every (re)connect, on return to the page, and at latest every 20 s. */
  onResync(): void;
  onLink(up: boolean): void;
  window: EventTarget & { document: EventTarget & Pick<Document, 'visibilityState'> };
  /** A number in [0, 1) that spreads the reconnecting of many tabs. */
  random(): number;
}

/** Keeps the live stream open until the returned function is called. */
export function openLive(deps: LiveDeps): () => void {
  const ended = new AbortController();
  let wake: () => void = () => undefined;
  let lastId: string | null = null;

  async function once(): Promise<void> {
    const connection = new AbortController();
    const stop = () => connection.abort();
    ended.signal.addEventListener('abort', stop);
    let silence = setTimeout(stop, SILENCE_MS);
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
    };
    try {
      const body = await deps.stream(lastId, connection.signal);
      deps.onLink(true);
      deps.onResync();
      for await (const event of readEvents(body, alive)) {
        lastId = event.id ?? lastId;
        const data = parseJson(event.data);
        if (!data?.conversation) deps.onResync();
        else if (data.kind === 'typing') deps.onTyping(data.conversation);
        else deps.onEvent(data);
      }
    } finally {
      clearTimeout(silence);
      ended.signal.removeEventListener('abort', stop);
    }
  }

  async function keep(): Promise<void> {
    let failures = 0;
    while (!ended.signal.aborted) {
      const openedAt = Date.now();
      // Refused, not cut off: a reading finds out what it means and says so.
      await once().catch((error: unknown) => error instanceof Refused && deps.onResync());
      if (ended.signal.aborted) return;
      failures = Date.now() - openedAt > LONGEST_RETRY_MS ? 0 : failures + 1;
      // A stream that ends and is open again at once (a deploy) is nothing to tell.
      if (failures > 1) deps.onLink(false);
      const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
      await pause(ceiling * (0.5 + deps.random() / 2), (now) => {
        wake = now;
      });
    }
  }

  const returned = () => {
    if (deps.window.document.visibilityState === 'hidden') return;
    wake();
    deps.onResync();
  };
  const resync = setInterval(deps.onResync, RESYNC_MS);
  deps.window.addEventListener('online', returned);
  deps.window.document.addEventListener('visibilitychange', returned);
  void keep();
  return () => {
    ended.abort();
    wake();
    clearInterval(resync);
    deps.window.removeEventListener('online', returned);
    deps.window.document.removeEventListener('visibilitychange', returned);
  };
}

/** Resolves after `ms`, or as soon as the function handed to `early` is called. */
function pause(ms: number, early: (now: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    early(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Null for what is neither: a reason to read everything. */
function parseJson(text: string): StreamEvent | Typing | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
