import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { append, type ConversationRow, record } from '../../../db/append.ts';
import { appendAudit } from '../../../db/audit.ts';
import type { Tx } from '../../../db/client.ts';
import { releaseHeld } from '../../../db/deliveries.ts';
import { destroyNumbers } from '../../../db/destroy-numbers.ts';
import { gateOf } from '../../../db/gate.ts';
import { destroyUndecided } from '../../../db/protected.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { privateLink, seenText } from '../../../db/schema/texting.ts';
import { delivery, spentTicket } from '../../../db/schema/work.ts';
import { tellChanged } from '../realtime/hub.ts';
import { type SweepOffersDeps, sweepOffers } from './sweep-offers.ts';
import { sweepReminders } from './sweep-reminders.ts';

export interface SweepDeps extends SweepOffersDeps {
  clock(): Date;
  /** Waiting conversations whose card was never posted. */
  cardsOwed(waitingBefore: Date): Promise<string[]>;
}

/** How long each state may last untouched before its exit (F16, F17, F19). Minutes. */
export const LIMITS = {
  /** Held, the visitor's message unanswered: back to the queue at its old place. */
  silentHolderMin: 30,
  /** With the bot, the bot spoke last: closed quietly. */
  idleBotMin: 24 * 60,
  /** Held, the worker spoke last and nobody has written since: closed quietly. */
  idleHeldMin: 7 * 24 * 60,
  /** A text or a card that should long have left: its job is enqueued again (handlers look at the row first). */
  owedMin: 10,
  /** A number or address nobody has said yes to: destroyed. */
  undecidedMin: 60,
  /** The keyed print of a text: a provider repeats itself within a minute, under one token for longer. */
  seenTextMin: 30,
} as const;

/** Gives every state its timed way out; one that waits never closes by itself, its way out is the ladder (`escalate.ts`). Each conversation is handled in a transaction of its own, under its lock. */
export function createSweep(deps: SweepDeps): () => Promise<void> {
  return async () => {
    const now = deps.clock();
    const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    const unanswered = sql`${conversation.lastVisitorAt} >= coalesce((select max(m.at) from message m
      where m.conversation_id = ${conversation.id} and m.author = 'worker'), 'epoch')`;
    await each(
      and(
        eq(conversation.owner, 'worker'),
        sql`greatest(${conversation.lastVisitorAt}, ${conversation.heldSince}) < ${ago(LIMITS.silentHolderMin).toISOString()}::timestamptz`,
        unanswered,
      ),
      (tx, row) => returnToQueue(tx, row, now),
    );
    await each(
      and(
        eq(conversation.owner, 'bot'),
        isNull(conversation.turnDueAt),
        lt(conversation.lastAt, ago(LIMITS.idleBotMin)),
      ),
      (tx, row) => closeQuietly(tx, row, now),
    );
    await each(
      and(eq(conversation.owner, 'worker'), lt(conversation.lastAt, ago(LIMITS.idleHeldMin)), sql`not (${unanswered})`),
      (tx, row) => closeQuietly(tx, row, now),
    );
    await letGo(now);
    await sweepOffers(deps, now);
    await sweepReminders(deps, now);
    await owed(ago(LIMITS.owedMin));
    await deps.db.delete(spentTicket).where(lt(spentTicket.expiresAt, now));
    await destroyUndecided(deps.db, ago(LIMITS.undecidedMin));
    await deps.db.transaction((tx) => destroyNumbers(tx));
    await deps.db.delete(seenText).where(lt(seenText.at, ago(LIMITS.seenTextMin)));
    await deps.db.delete(privateLink).where(lt(privateLink.expiresAt, now));
  };

  async function each(
    where: ReturnType<typeof and>,
    handle: (tx: Tx, row: ConversationRow) => Promise<void>,
  ): Promise<void> {
    const due = await deps.db.select({ id: conversation.id }).from(conversation).where(where).limit(500);
    for (const { id } of due) {
      const row = await deps.db.transaction(async (tx) => {
        const [still] = await tx
          .select()
          .from(conversation)
          .where(and(inArray(conversation.id, [id]), where))
          .for('update');
        if (still) await handle(tx, still);
        return still;
      });
      if (!row) continue;
      tellChanged(deps.hub, row.threadId, row.district);
    }
    deps.jobs.wake();
  }

  /** The morning has come for texts that were held back at night. */
  async function letGo(now: Date): Promise<void> {
    await deps.db.transaction(async (tx) => {
      for (const { id, conversationId } of await releaseHeld(tx, { until: now }, now))
        await deps.jobs.sms(tx, id, conversationId);
    });
    deps.jobs.wake();
  }

  async function owed(before: Date): Promise<void> {
    const cards = await deps.cardsOwed(before);
    const texts = await deps.db
      .select({ id: delivery.id, conversationId: delivery.conversationId })
      .from(delivery)
      .where(and(eq(delivery.status, 'queued'), isNull(delivery.notBefore), lt(delivery.updatedAt, before)))
      .limit(200);
    if (cards.length + texts.length === 0) return;
    await deps.db.transaction(async (tx) => {
      for (const id of cards) await deps.jobs.card(tx, id);
      for (const text of texts) await deps.jobs.sms(tx, text.id, text.conversationId);
    });
    deps.jobs.wake();
  }

  async function returnToQueue(tx: Tx, row: ConversationRow, now: Date): Promise<void> {
    const set = {
      owner: 'waiting' as const,
      workerId: null,
      claimToken: null,
      previousWorkerId: row.workerId,
      waitingSince: row.waitingSince ?? now,
    };
    const changed = await move(tx, row, set);
    const { text, ref } = deps.line('returned', { ...row, name: '', open: (await gateOf(tx, row)) === 'open' });
    const said = {
      author: 'system' as const,
      text,
      language: row.language,
      answers: [ref],
      meta: { owner: 'waiting' as const },
    };
    const { deliveryId } = await append(tx, deps.vault, changed, said, now);
    if (deliveryId) await deps.jobs.sms(tx, deliveryId, row.id);
    await record(tx, changed, 'returned', now);
    await deps.jobs.card(tx, row.id);
    await appendAudit(
      tx,
      { actor: 'system', action: 'return', conversationId: row.id, detail: { holder: row.workerId } },
      now,
    );
  }

  async function closeQuietly(tx: Tx, row: ConversationRow, now: Date): Promise<void> {
    const changed = await move(tx, row, { owner: 'closed', claimToken: null, closedAt: now, outcome: 'idle' });
    await record(tx, changed, 'closed', now);
    await deps.jobs.card(tx, row.id);
  }
}

async function move(
  tx: Tx,
  row: ConversationRow,
  set: Partial<typeof conversation.$inferInsert>,
): Promise<ConversationRow> {
  const [changed] = await tx
    .update(conversation)
    .set({ ...set, alarmStep: 0, alarmedAt: null, ownerEpoch: row.ownerEpoch + 1, version: row.version + 1 })
    .where(eq(conversation.id, row.id))
    .returning();
  if (!changed) throw new Error('the locked conversation is gone');
  return changed;
}
