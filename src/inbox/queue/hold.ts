import { eq, sql } from 'drizzle-orm';
import { append, type ConversationRow, record } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { gateOf } from '../../../db/gate.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { EventKind } from '../../../db/schema/work.ts';
import { type Actor, type Closing, type Desk, type Handing, Refusal } from './desk.ts';

/** The row under its lock. @throws Refusal `not-found` */
export async function lockRow(tx: Tx, id: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, id)).for('update');
  if (!row) throw new Refusal('not-found');
  return row;
}

/**
 * The row under its lock, if the actor holds it with this very claim (F13, F14).
 * @throws Refusal `not-found`, `not-holder` with the holder's name, or `not-open`.
 */
export async function lockHeld(tx: Tx, actor: Actor, id: string, claim: string): Promise<ConversationRow> {
  const row = await lockRow(tx, id);
  if (row.owner === 'closed') throw new Refusal('not-open');
  if (row.owner !== 'worker' || row.workerId !== actor.id || row.claimToken !== claim)
    throw new Refusal('not-holder', await holderOf(tx, row));
  return row;
}

export async function holderOf(tx: Tx, row: ConversationRow): Promise<string | null> {
  if (row.owner !== 'worker' || !row.workerId) return null;
  const [holder] = await tx.select({ name: worker.name }).from(worker).where(eq(worker.id, row.workerId));
  return holder?.name ?? null;
}

export interface Change {
  owner: 'worker' | 'waiting' | 'bot' | 'closed';
  set?: Partial<typeof conversation.$inferInsert>;
  handing: Handing;
  kind: EventKind;
  /** First name of the worker whom the line speaks of. */
  name: string;
}

/**
 * Gives a locked conversation to another owner: the new owner, the line the visitor sees, the event and the jobs in one
 * transaction. The epoch makes every bot reply begun under the old owner void (F1).
 */
export async function give(desk: Desk, tx: Tx, closing: Closing, row: ConversationRow, change: Change): Promise<void> {
  const now = desk.clock();
  const [changed] = await tx
    .update(conversation)
    .set({
      claimToken: null,
      ...change.set,
      owner: change.owner,
      alarmStep: 0,
      alarmedAt: null,
      ownerEpoch: sql`${conversation.ownerEpoch} + 1`,
      version: sql`${conversation.version} + 1`,
      ...noTurn,
    })
    .where(eq(conversation.id, row.id))
    .returning();
  if (!changed) throw new Refusal('not-found');
  await tellVisitor(desk, tx, closing, changed, change.handing, change.name);
  await markHandled(tx, row.id, now);
  await record(tx, changed, change.kind, now);
  closing.card(row.id);
}

/** The line the visitor sees, in their language; `name` is the worker it speaks of. */
export async function tellVisitor(
  desk: Desk,
  tx: Tx,
  closing: Pick<Closing, 'sms'>,
  row: ConversationRow,
  handing: Handing,
  name: string,
): Promise<void> {
  const open = (await gateOf(tx, row)) === 'open';
  const { text, ref } = desk.line(handing, { ...row, name, open });
  const meta = { owner: row.owner, ...(row.owner === 'worker' ? { workerName: name } : {}) };
  const said = { author: 'system' as const, text, language: row.language, meta, answers: [ref] };
  const { deliveryId } = await append(tx, desk.vault, row, said, desk.clock());
  closing.sms(deliveryId, row.id);
}

/** What the visitor has written so far is somebody's now: no turn answers it any more. */
export async function markHandled(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.execute(sql`update message set handled_at = ${now.toISOString()}::timestamptz
    where conversation_id = ${id} and author = 'visitor' and handled_at is null`);
}

const noTurn = { turnDueAt: null, turnSince: null, turnToken: null, turnLeaseUntil: null, turnAttempts: 0 };
