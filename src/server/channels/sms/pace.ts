import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';

/** One sender's rate at its vendor, kept by all processes together. */
export interface Pace {
  /** Waits for the sender's next turn. Whoever has had a turn must send or let it go to waste. */
  turn(): Promise<void>;
  /**
   * Sends when the vendor's last second has room: of this process's texts no more than the rate are under way or were answered
   * within it, however late timers ring and requests arrive.
   */
  within<T>(send: () => Promise<T>): Promise<T>;
  /** The vendor says it is too fast: nobody gets a turn for that long. */
  holdOff(ms: number): Promise<void>;
}

/** Vendors count within any second; a timer may ring a moment early. */
const WINDOW_MS = 1_002;
/** Below the permitted rate by as much as a request may be early or late, so that no window of the vendor's ever overflows. */
const SHARE = 0.98;

/**
 * A leaky bucket in the database: each turn moves the sender's next one on by the same step, by the database's clock, so that
 * replicas share the rate and a crash forgets nothing. @param perSecond texts a second the vendor permits this sender.
 */
export function createPace(db: Db, sender: string, perSecond: number): Pace {
  const stepMs = 1_000 / (perSecond * SHARE);
  let room = Math.max(1, Math.floor(perSecond));
  const waiting: (() => void)[] = [];
  const makeRoom = () => {
    const next = waiting.shift();
    if (next) next();
    else room += 1;
  };
  return {
    async within(send) {
      if (room > 0) room -= 1;
      else await new Promise<void>((go) => waiting.push(go));
      try {
        return await send();
      } finally {
        setTimeout(makeRoom, WINDOW_MS).unref();
      }
    },
    async turn() {
      const [slot] = await db.execute<{ wait: string }>(sql`
        insert into sender_pace (sender, next_at) values (${sender}, clock_timestamp() + ${stepMs} * interval '1 ms')
        on conflict (sender) do update
          set next_at = greatest(sender_pace.next_at, clock_timestamp()) + ${stepMs} * interval '1 ms'
        returning extract(epoch from next_at - clock_timestamp()) * 1000 - ${stepMs}::float8 as wait`);
      const waitMs = Number(slot?.wait ?? 0);
      if (waitMs > 0) await sleep(waitMs);
    },
    async holdOff(ms) {
      await db.execute(sql`update sender_pace
        set next_at = greatest(next_at, clock_timestamp() + ${ms} * interval '1 ms') where sender = ${sender}`);
    },
  };
}
