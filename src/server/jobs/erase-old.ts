import { inArray, sql } from 'drizzle-orm';
import { appendAudit } from '../../../db/audit.ts';
import type { Db } from '../../../db/client.ts';
import { eraseEpisodes, mayErase } from '../../../db/erase.ts';
import { conversation } from '../../../db/schema/conversation.ts';

export interface EraseOldDeps {
  db: Db;
  clock(): Date;
  /** Days after the last word of a thread; null: nothing is erased by schedule (A2). */
  keptDays: number | null;
  /** Reference of the disposal decision, for the audit. */
  decision: string | null;
}

const BATCH = 100;
const DAY_MS = 86_400_000;

/** The day a conversation is erased unless somebody writes again. */
export const erasedOn = (lastAt: Date, keptDays: number): Date => new Date(lastAt.getTime() + keptDays * DAY_MS);

/**
 * Erases threads whose last word is older than the City's decision allows (G6, A2): closed, no case, no legal hold. In batches,
 * each a transaction of its own (DATA §11). @returns how many threads were erased.
 */
export function createEraseOld({ db, clock, keptDays, decision }: EraseOldDeps): () => Promise<number> {
  return async () => {
    if (keptDays === null) return 0;
    const now = clock();
    const before = new Date(now.getTime() - keptDays * DAY_MS).toISOString();
    let erased = 0;
    for (;;) {
      const done = await db.transaction(async (tx) => {
        const due = await tx.execute<{ id: string }>(sql`select thread_id as id from conversation group by thread_id
          having max(last_at) < ${before}::timestamptz and bool_or(length(wrapped_key) > 0)
          and bool_and(owner = 'closed' and not legal_hold and retention_class = 'advice') limit ${BATCH}`);
        const threads = due.map((row) => row.id);
        if (threads.length === 0) return 0;
        const rows = await tx.select().from(conversation).where(inArray(conversation.threadId, threads)).for('update');
        // Somebody may have written since the list was made.
        const late = new Set(
          rows.filter((row) => row.lastAt.toISOString() >= before || !mayErase(row)).map((r) => r.threadId),
        );
        await eraseEpisodes(
          tx,
          rows.filter((row) => !late.has(row.threadId)),
          now,
        );
        const count = threads.length - late.size;
        const detail = { threads: count, keptDays, decision };
        await appendAudit(tx, { actor: 'system', action: 'erase-old', conversationId: null, detail }, now);
        return count;
      });
      erased += done;
      if (done === 0) return erased;
    }
  };
}
