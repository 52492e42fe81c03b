import type { ActivitySet, OutgoingActivity } from '../../../bot/wire.ts';
import type { Visitor } from '../../auth/visitor-token.ts';
import { factsOf, type Log } from '../../log.ts';
import type { Hub } from '../../realtime/hub.ts';
import { ownerActivity, type Place, passingId, typingActivity } from './activities.ts';
import { type CaughtUp, catchUp, type ReadDeps } from './catch-up.ts';
import { type Cursor, watermarkOf } from './watermark.ts';

export interface StreamDeps extends ReadDeps {
  hub: Pick<Hub, 'subscribe' | 'onGap'>;
  isRevoked(visitor: Visitor): boolean;
  clock(): Date;
  log: Log;
  /** Between keep-alives; each is also a look at the database, so that a lost signal delays a message, never loses it. */
  beatMs: number;
}

export interface Socket {
  send(frame: string): void;
  close(code: number, reason: string): void;
  /** Bytes that the other side has not taken yet. */
  buffered(): number;
}

const MAX_BUFFERED_BYTES = 1_000_000;
const RETRY_MS = 1_000;
/** More than this at once is what was said before. Fewer come in a frame each: Microsoft's client would let the next frame pass them. */
const HISTORY = 20;

/** Sends a thread's activities from `from` on, in order, until the returned function is called or the visitor's token ends. */
export function openStream(deps: StreamDeps, visitor: Visitor, from: Cursor, socket: Socket): () => void {
  let at = from;
  let busy = false;
  let again = false;
  let over = false;
  let line: string | undefined;
  let head: CaughtUp['head'] = null;
  const ends = [
    deps.hub.subscribe(`thread:${visitor.threadId}`, (signal) => {
      if (signal.kind === 'changed') void pump();
      else if (signal.from === 'staff') send([typingActivity(visitor, head?.language ?? 'sv', deps.clock())]);
    }),
    deps.hub.onGap(() => void pump()),
  ];
  const beat = setInterval(() => {
    if (alive()) socket.send('');
    void pump(true);
  }, deps.beatMs).unref();
  let retry: NodeJS.Timeout | undefined;
  void pump();
  return stop;

  function stop(): void {
    over = true;
    clearInterval(beat);
    clearTimeout(retry);
    for (const end of ends.splice(0)) end();
  }

  /** One read at a time; what arrives meanwhile makes it read once more. */
  async function pump(slow = false): Promise<void> {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again && !over) {
        again = false;
        const page = await catchUp(deps, visitor, at);
        if (over) break;
        head = page.head;
        if (hasEnded(deps, visitor, page)) return shut(4403, 'token');
        at = page.at;
        again ||= page.more;
        send(page.activities, page.steps);
      }
      if (slow && !over) await tellPlace();
    } catch (error) {
      deps.log.warn('stream.read', factsOf(error));
      again = false;
      retry = setTimeout(() => void pump(), RETRY_MS).unref();
    } finally {
      busy = false;
      if (again && !over) void pump();
    }
  }

  /** People move up in line, and queues open and close, without anything else happening to them. */
  async function tellPlace(): Promise<void> {
    const place: Place | null = head?.owner === 'waiting' ? ((await deps.place?.(head)) ?? null) : null;
    const now = place ? lineOf(place.ahead, place.opensAt?.toISOString()) : undefined;
    const moved = line !== undefined && now !== undefined && now !== line;
    line = now;
    if (head && moved) send([ownerActivity(visitor, head, place, passingId(visitor.threadId))]);
  }

  function send(activities: OutgoingActivity[], steps: Cursor[] = [at]): void {
    const told = activities.findLast((a) => a.name === 'owner');
    if (told) line = lineOf(told.channelData.utvag.ahead, told.channelData.utvag.opensAt);
    if (activities.length === 0 || !alive()) return;
    const frames = activities.length > HISTORY ? [activities] : activities.map((activity) => [activity]);
    for (const [i, frame] of frames.entries()) {
      const read = i === frames.length - 1 ? at : (steps[i] ?? at);
      const set: ActivitySet = { activities: frame, watermark: watermarkOf(read) };
      socket.send(JSON.stringify(set));
    }
  }

  /** A client that does not read is let go: it comes back and reads on from its watermark. */
  function alive(): boolean {
    if (over) return false;
    if (socket.buffered() <= MAX_BUFFERED_BYTES) return true;
    shut(1013, 'slow');
    return false;
  }

  function shut(code: number, reason: string): void {
    stop();
    socket.close(code, reason);
  }
}

/** What a waiting person has been told of their place. */
const lineOf = (ahead: number | undefined, opensAt: string | undefined): string | undefined =>
  ahead === undefined ? undefined : `${ahead} ${opensAt ?? ''}`;

const hasEnded = (deps: StreamDeps, visitor: Visitor, { head }: CaughtUp): boolean =>
  deps.isRevoked(visitor) || (head?.tokenEpoch ?? 0) !== visitor.epoch;
