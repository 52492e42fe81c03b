import type { KeyObject } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { record } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { newId } from '../../../db/schema/columns.ts';
import { reminder } from '../../../db/schema/desk.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Reminder } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustWork, Refusal } from './desk.ts';
import { lockHeld, lockRow } from './hold.ts';

const YEAR_MS = 366 * 86_400_000;

export interface NewReminder {
  claim?: string | undefined;
  /** The message that made the promise: the same promise is kept once. */
  seq?: number | undefined;
  dueAt: string;
  text: string;
}

/**
 * Keeps what was promised, sealed under the conversation's key, until somebody says it is done: it stays with the conversation
 * whoever has it then. @throws Refusal `not-allowed`, `not-found`, `not-holder` and `not-open` with a claim, `bad-time`, `erased`.
 */
export async function remind(desk: Desk, actor: Actor, id: string, wanted: NewReminder): Promise<Reminder> {
  mustWork(actor);
  const { row, made } = await asStaff(desk, actor, async (tx, closing) => {
    const row = wanted.claim === undefined ? await lockRow(tx, id) : await lockHeld(tx, actor, id, wanted.claim);
    if (isErased(row)) throw new Refusal('erased');
    const now = desk.clock();
    const dueAt = new Date(wanted.dueAt);
    const inMs = dueAt.getTime() - now.getTime();
    if (inMs <= 0 || inMs > YEAR_MS) throw new Refusal('bad-time');
    const key = desk.vault.unwrap(row);
    const same = (await remindersOf(desk, tx, row.id, key)).find(
      (each) => wanted.seq !== undefined && each.seq === wanted.seq && each.dueAt === dueAt.toISOString(),
    );
    if (same) return { row, made: same };
    const reminderId = newId('rem');
    const body = desk.vault.seal(key, wanted.text, reminderId);
    const seq = wanted.seq ?? null;
    await tx
      .insert(reminder)
      .values({ id: reminderId, conversationId: id, workerId: actor.id, seq, dueAt, body, createdAt: now });
    await record(tx, row, 'reminder', now);
    closing.audit({
      action: 'remind',
      conversationId: id,
      detail: { reminder: reminderId, dueAt: dueAt.toISOString() },
    });
    return { row, made: { id: reminderId, worker: actor.name, text: wanted.text, dueAt: dueAt.toISOString(), seq } };
  });
  desk.announce(row);
  return made;
}

/** The promise was kept, or is no longer owed. @throws Refusal `not-allowed`, `not-found`. */
export async function reminderDone(desk: Desk, actor: Actor, id: string, reminderId: string): Promise<Reminder[]> {
  mustWork(actor);
  const { row, left } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    const open = and(eq(reminder.id, reminderId), eq(reminder.conversationId, id), isNull(reminder.doneAt));
    const done = await tx.update(reminder).set({ doneAt: desk.clock() }).where(open).returning({ id: reminder.id });
    if (done.length === 0) throw new Refusal('not-found');
    await record(tx, row, 'reminder', desk.clock());
    closing.audit({ action: 'reminder-done', conversationId: id, detail: { reminder: reminderId } });
    return { row, left: await remindersOf(desk, tx, id, desk.vault.unwrap(row)) };
  });
  desk.announce(row);
  return left;
}

/** What is promised and not done, the next first. @param key the conversation's */
export async function remindersOf(desk: Desk, tx: Tx, id: string, key: KeyObject): Promise<Reminder[]> {
  const rows = await tx
    .select({ r: reminder, name: worker.name })
    .from(reminder)
    .innerJoin(worker, eq(worker.id, reminder.workerId))
    .where(and(eq(reminder.conversationId, id), isNull(reminder.doneAt)))
    .orderBy(asc(reminder.dueAt), asc(reminder.id));
  return rows.map(({ r, name }) => ({
    id: r.id,
    worker: name,
    text: desk.vault.open(key, r.body, r.id),
    dueAt: r.dueAt.toISOString(),
    seq: r.seq,
  }));
}
