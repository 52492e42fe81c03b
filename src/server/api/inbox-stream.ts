import type { Context } from 'hono';
import { type Cursor, changesAfter } from '../../inbox/queue/changes.ts';
import type { Actor, Desk } from '../../inbox/queue/desk.ts';
import type { Typing } from '../../inbox/wire.ts';
import type { Door } from '../auth/door.ts';
import { type StaffSession, sessionOf } from '../auth/staff-guard.ts';
import { factsOf, type Log } from '../log.ts';
import type { Hub, Signal } from '../realtime/hub.ts';

export interface StreamDeps {
  desk: Desk;
  hub: Hub;
  log: Log;
  /** The actor as they are now, or null when they no longer belong here: their stream ends. */
  recheck(actor: Actor): Promise<Actor | null>;
}

const GATHER_MS = 40;
/** A signal may come while an older transaction still runs: what it told of is readable a moment later. */
const LOOKS = 6;
const LOOK_AGAIN_MS = 120;
/** Whoever is put out of service reads nothing more within two seconds. */
const SLOW_CHECK_MS = 1_000;
const encoder = new TextEncoder();

/** `GET /api/inbox/stream`: server-sent events with replay from `Last-Event-ID`. Ids and kinds only; the tab reads again. */
export function inboxStream(door: Door, deps: StreamDeps): void {
  const read = sharedReads(deps.desk);
  door.on('staff', 'get', '/api/inbox/stream', (c) => {
    const body = streamOf({ ...deps, read }, sessionOf(c), lastEventId(c));
    return c.body(body, 200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
  });
}

type Read = (actor: Actor, cursor: Cursor | null) => ReturnType<typeof changesAfter>;

/**
 * An event wakes all streams of its district at once, and what they may read depends on districts alone: those that have come
 * equally far are answered by one reading.
 */
function sharedReads(desk: Desk): Read {
  const running = new Map<string, ReturnType<typeof changesAfter>>();
  return (actor, cursor) => {
    const key = `${actor.districts.join()} ${cursor}`;
    const reading = running.get(key) ?? changesAfter(desk, actor, cursor).finally(() => running.delete(key));
    running.set(key, reading);
    return reading;
  };
}

/** What is no cursor of ours counts as none: the tab is told where "now" is and reads everything again. */
function lastEventId(c: Context): Cursor | null {
  const given = c.req.header('last-event-id') ?? c.req.query('after') ?? '';
  return /^\d{1,19}\.\d{1,15}$/.test(given) ? given : null;
}

function streamOf(
  deps: StreamDeps & { read: Read },
  { actor: first, endsAt }: StaffSession,
  after: Cursor | null,
): ReadableStream<Uint8Array> {
  let actor = first;
  let cursor = after;
  let busy = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  const ends: (() => void)[] = [];

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const wake = () => look(LOOKS, GATHER_MS);
      const look = (left: number, inMs: number) => {
        timer ??= setTimeout(async () => {
          timer = undefined;
          const found = await pump(controller);
          if (!found && left > 1) look(left - 1, LOOK_AGAIN_MS);
        }, inMs).unref();
      };
      for (const slug of first.districts) ends.push(deps.hub.subscribe(`district:${slug}`, told(controller, wake)));
      ends.push(deps.hub.onGap(wake));
      const slow = setInterval(() => void check(controller), SLOW_CHECK_MS).unref();
      ends.push(() => clearInterval(slow));
      controller.enqueue(encoder.encode(': ready\n\n'));
      void pump(controller);
    },
    cancel: stop,
  });

  /** Somebody writing is told as it is and kept nowhere; anything else is read. */
  function told(controller: ReadableStreamDefaultController<Uint8Array>, wake: () => void) {
    return ({ kind, conversation }: Signal) => {
      if (kind !== 'typing') return wake();
      const line: Typing | null = conversation ? { conversation, kind } : null;
      if (line) controller.enqueue(encoder.encode(`data: ${JSON.stringify(line)}\n\n`));
    };
  }

  function stop(): void {
    clearTimeout(timer);
    for (const end of ends.splice(0)) end();
  }

  /** Everything after the cursor, again until nothing is left; a wake during the read is not lost. */
  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<boolean> {
    again = true;
    if (busy) return true;
    busy = true;
    let found = false;
    try {
      while (again && ends.length > 0) {
        again = false;
        const read = await deps.read(actor, cursor);
        for (const { cursor: id, event } of read.changes)
          controller.enqueue(encoder.encode(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`));
        if (cursor === null) controller.enqueue(encoder.encode(`event: ready\nid: ${read.cursor}\ndata: {}\n\n`));
        cursor = read.cursor;
        if (read.changes.length > 0) {
          again = true;
          found = true;
        }
      }
    } catch (error) {
      deps.log.warn('stream.read', factsOf(error));
    } finally {
      busy = false;
    }
    return found;
  }

  /** Also the backstop for a lost signal: reads what is new, and ends the stream of somebody who was removed or whose token is over. */
  async function check(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const now = deps.desk.clock() < endsAt ? await deps.recheck(actor) : null;
      if (!now || now.role !== actor.role || now.districts.join() !== actor.districts.join()) {
        stop();
        controller.close();
        return;
      }
      actor = now;
      controller.enqueue(encoder.encode(': \n\n'));
      await pump(controller);
    } catch (error) {
      deps.log.warn('stream.check', factsOf(error));
    }
  }
}
