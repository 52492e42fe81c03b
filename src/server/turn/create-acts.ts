import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { append, type ConversationRow, record } from '../../../db/append.ts';
import type { Db, Tx } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import type { Vault } from '../../../db/vault.ts';
import type { Reply } from '../../bot/outcome.ts';
import type { Timetable } from '../hours/timetable.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type Hub, tellChanged } from '../realtime/hub.ts';
import type { WaitingSituation } from './bot.ts';
import { onChannel } from './episode.ts';
import { aheadOf, homeOf, placedAt } from './place.ts';
import type { VisitorActs } from './visitor-acts.ts';

export interface ActsDeps {
  db: Db;
  vault: Vault;
  jobs: Jobs & { wake(): void };
  hub: Pick<Hub, 'publish'>;
  clock(): Date;
  wake(conversationId: string, dueAt: Date): void;
  burst: { waitMs: number; capMs: number };
  /** The line that tells of the handoff: open or closed, place in line, what to do meanwhile. */
  handoffLine(situation: WaitingSituation): Reply;
  timetable: Pick<Timetable, 'at'>;
}

/** What a visitor can do on the web besides writing, each under the conversation's row lock. */
export function createActs(deps: ActsDeps): VisitorActs {
  return {
    handover: (threadId) =>
      withOpen(threadId, async (tx, row, now) => {
        if (row.owner !== 'bot') return row;
        const moment = deps.timetable.at(now);
        const home = homeOf(row);
        await onChannel(tx, row, 'web');
        const [changed] = await tx
          .update(conversation)
          .set({
            owner: 'waiting',
            ...placedAt(moment, home),
            waitingSince: now,
            ownerEpoch: row.ownerEpoch + 1,
            version: row.version + 1,
          })
          .where(eq(conversation.id, row.id))
          .returning();
        if (!changed) return row;
        const ahead = await aheadOf(tx, changed);
        const line = deps.handoffLine({ ...changed, ahead, now, opening: moment.route(home).opening });
        const meta = { owner: 'waiting' as const, ...(line.choices.length > 0 ? { choices: line.choices } : {}) };
        const said = { author: 'bot' as const, text: line.text, language: row.language, answers: line.answers, meta };
        await append(tx, deps.vault, changed, said, now);
        await record(tx, changed, 'waiting', now);
        await deps.jobs.card(tx, row.id);
        return changed;
      }),

    language: (threadId, tag) =>
      withOpen(threadId, async (tx, row) => {
        await tx.update(conversation).set({ language: tag }).where(eq(conversation.id, row.id));
        return row;
      }),

    leave: async (threadId) => {
      await deps.db
        .update(conversation)
        .set({ tokenEpoch: sql`${conversation.tokenEpoch} + 1` })
        .where(eq(conversation.threadId, threadId));
      await withOpen(threadId, async (tx, row, now) => {
        await record(tx, row, 'left', now);
        return row;
      });
      tellChanged(deps.hub, threadId);
    },

    async typing(threadId) {
      const now = deps.clock();
      const [row] = await deps.db
        .update(conversation)
        .set({ turnDueAt: laterBy(deps.burst, now) })
        .where(
          and(
            eq(conversation.threadId, threadId),
            sql`${conversation.owner} <> 'closed'`,
            isNotNull(conversation.turnDueAt),
            sql`${conversation.turnDueAt} > ${now.toISOString()}::timestamptz`,
          ),
        )
        .returning({ id: conversation.id, due: conversation.turnDueAt });
      if (row?.due) deps.wake(row.id, row.due);
      const [open] = await deps.db
        .select({ id: conversation.id, district: conversation.district })
        .from(conversation)
        .where(and(eq(conversation.threadId, threadId), eq(conversation.owner, 'worker')));
      if (open)
        deps.hub.publish(`district:${open.district}`, { kind: 'typing', from: 'visitor', conversation: open.id });
    },
  };

  async function withOpen(
    threadId: string,
    work: (tx: Tx, row: ConversationRow, now: Date) => Promise<ConversationRow>,
  ): Promise<void> {
    const row = await deps.db.transaction(async (tx) => {
      const [open] = await tx
        .select()
        .from(conversation)
        .where(and(eq(conversation.threadId, threadId), sql`${conversation.owner} <> 'closed'`))
        .for('update');
      return open ? work(tx, open, deps.clock()) : null;
    });
    if (!row) return;
    tellChanged(deps.hub, row.threadId, row.district);
    deps.jobs.wake();
  }
}

/** Typing extends the wait for the rest of a burst, up to the cap since its first message (F25). */
const laterBy = (burst: { waitMs: number; capMs: number }, now: Date) =>
  sql`least(${new Date(now.getTime() + burst.waitMs).toISOString()}::timestamptz,
    ${conversation.turnSince} + make_interval(secs => ${burst.capMs / 1000}))`;
