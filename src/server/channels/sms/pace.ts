import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';

/** One sender's rate at its vendor, kept by all processes together. */
export interface Pace {
  /** Waits for the sender's next turn. Whoever has had a turn must send or let it go to waste. */
  turn(): Promise<void>;
  /** Keeps the distance within this process, whose timers may all ring at once when it was held up. Right before sending. */
  apart(): Promise<void>;
  /** The vendor says it is too fast: nobody gets a turn for that long. */
  holdOff(ms: number): Promise<void>;
}

/** Below the permitted rate by as much as a request may be early or late, so that no window of the vendor's ever overflows. */
const SHARE = 0.97;

/**
 * A leaky bucket in the database: each turn moves the sender's next one on by the same step, by the database's clock, so that
 * replicas share the rate and a crash forgets nothing. @param perSecond texts a second the vendor permits this sender.
 */
export function createPace(db: Db, sender: string, perSecond: number): Pace {
  const stepMs = 1_000 / (perSecond * SHARE);
  let lastMs = Number.NEGATIVE_INFINITY;
  let line = Promise.resolve();
  return {
    apart() {
      line = line.then(async () => {
        const waitMs = lastMs + stepMs - performance.now();
        if (waitMs > 0) await sleep(waitMs);
        lastMs = performance.now();
      });
      return line;
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
