import { setTimeout as sleep } from 'node:timers/promises';
import { and, asc, eq, inArray, isNull, lte, or, type Param, sql } from 'drizzle-orm';
import type { Db } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { factsOf, type Log } from '../log.ts';

export interface TurnRunner {
  /** A turn of this conversation is due at that time; the earliest of several wishes counts once it is there. */
  wake(conversationId: string, dueAt: Date): void;
  start(): void;
  /** Lets running turns finish, at most `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

export interface TurnRunnerDeps {
  db: Db;
  log: Log;
  clock(): Date;
  /** Runs the turn if it is due and nobody else runs it. */
  runTurn(conversationId: string): Promise<void>;
  /** After so long a turn is given up in this process: whatever it waits for will not come, and its lease has run out. */
  limitMs: number;
  /** How often to look for turns that nobody was woken for: after a crash, or from another replica. */
  pollMs: number;
}

const AT_ONCE = 16;

/** Turns are rows that are due; timers only make them prompt. Whatever a crash forgets, the poll finds. */
export function createTurnRunner(deps: TurnRunnerDeps): TurnRunner {
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  let poll: NodeJS.Timeout | undefined;
  let stopped = false;

  return {
    wake,
    start() {
      poll = setInterval(() => void look(), deps.pollMs).unref();
    },
    async stop(graceMs = 5_000) {
      stopped = true;
      clearInterval(poll);
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.race([Promise.allSettled(running.values()), sleep(graceMs, undefined, { ref: false })]);
    },
  };

  function wake(id: string, dueAt: Date): void {
    if (stopped) return;
    clearTimeout(timers.get(id));
    const waitMs = Math.max(0, dueAt.getTime() - deps.clock().getTime());
    timers.set(id, setTimeout(() => begin(id), waitMs).unref());
  }

  function begin(id: string): void {
    timers.delete(id);
    if (stopped) return;
    if (running.has(id) || running.size >= AT_ONCE) {
      timers.set(id, setTimeout(() => begin(id), 25).unref());
      return;
    }
    const done = new AbortController();
    const tooLong = sleep(deps.limitMs, undefined, { ref: false, signal: done.signal }).then(() => {
      throw new Error('the turn took too long');
    });
    const turn = Promise.race([deps.runTurn(id), tooLong])
      .catch((error) => deps.log.error('turn.error', { conversation: id, ...factsOf(error) }))
      .finally(() => {
        done.abort();
        running.delete(id);
      });
    running.set(id, turn);
  }

  async function look(): Promise<void> {
    const now = deps.clock();
    try {
      const due = await deps.db
        .select({ id: conversation.id })
        .from(conversation)
        .where(
          and(
            sql`${conversation.turnDueAt} is not null`,
            lte(conversation.turnDueAt, now),
            or(isNull(conversation.turnLeaseUntil), lte(conversation.turnLeaseUntil, now)),
            inArray(conversation.owner, ['bot', 'waiting']),
          ),
        )
        .orderBy(asc(conversation.turnDueAt))
        .limit(100);
      for (const { id } of due) if (!timers.has(id) && !running.has(id)) begin(id);
    } catch (error) {
      deps.log.error('turn.poll', factsOf(error));
    }
  }
}

export const dueTurn = (id: string | Param, now: Date | Param) =>
  and(
    eq(conversation.id, id),
    lte(conversation.turnDueAt, now),
    or(isNull(conversation.turnLeaseUntil), lte(conversation.turnLeaseUntil, now)),
    inArray(conversation.owner, ['bot', 'waiting']),
  );
