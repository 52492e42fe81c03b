import { and, asc, eq, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { conversation, note, readMark } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Glass, Note, Opened } from '../wire.ts';
import { type Actor, asStaff, type Closing, type Desk, type Only, Refusal } from './desk.ts';
import { throughGlass } from './glass.ts';
import { handoverOf } from './handover-of.ts';
import { itemOf } from './item.ts';
import { messagesOf } from './messages-of.ts';

const REREAD_MS = 15 * 60_000;

/**
 * The whole conversation from its first message (F10), with notes and what the person who takes over needs to know; one of
 * another district only while a glass is broken (L2). Every opening is audited (L1). @throws Refusal `not-found`.
 */
export async function open(desk: Desk, actor: Actor, id: string): Promise<Opened> {
  const read = (glass: (Only & Glass) | null) =>
    asStaff(desk, actor, (tx, closing) => readWhole(desk, actor, tx, closing, id, glass), glass);
  const own = await read(null);
  if (own) return own;
  const glass = await throughGlass(desk, actor, id);
  const seen = glass ? await read(glass) : null;
  if (!seen) throw new Refusal('not-found');
  return seen;
}

async function readWhole(
  desk: Desk,
  actor: Actor,
  tx: Tx,
  closing: Closing,
  id: string,
  glass: (Only & Glass) | null,
): Promise<Opened | null> {
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, id));
  if (!row) return null;
  const messages = await messagesOf(desk, tx, row);
  const item = await itemOf(tx, actor, id);
  if (await mark(tx, actor, id, row.lastSeq, desk.clock(), item.reminded))
    closing.audit({ action: glass ? 'open-glass' : 'open', conversationId: id, detail: { lastSeq: row.lastSeq } });
  return {
    conversation: { ...item, unread: 0 },
    messages: messages.map((m) => m.shown),
    notes: await notesOf(desk, tx, row),
    handover: await handoverOf(desk, tx, row, messages),
    claim: row.workerId === actor.id && row.owner === 'worker' ? row.claimToken : null,
    glass: glass ? { reason: glass.reason, at: glass.at, expiresAt: glass.expiresAt } : null,
  };
}

async function notesOf(desk: Desk, tx: Tx, row: ConversationRow): Promise<Note[]> {
  if (isErased(row)) return [];
  const key = desk.vault.unwrap(row);
  const rows = await tx
    .select({ n: note, name: worker.name })
    .from(note)
    .innerJoin(worker, eq(worker.id, note.workerId))
    .where(eq(note.conversationId, row.id))
    .orderBy(asc(note.at), asc(note.id));
  return rows.map(({ n, name }) => ({
    id: n.id,
    worker: name,
    text: desk.vault.open(key, n.body, n.id),
    at: n.at.toISOString(),
  }));
}

/**
 * Moves the read mark. @returns whether this is an opening to be audited (L1): the first, one that shows something new, or one
 * after a quarter of an hour; the tab's own re-reading of what is on the screen is not.
 */
async function mark(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  seq: number,
  now: Date,
  reminded: string | null,
): Promise<boolean> {
  const mine = and(eq(readMark.workerId, actor.id), eq(readMark.conversationId, conversationId));
  const [before] = await tx.select().from(readMark).where(mine);
  const recent = before && before.seq >= seq && now.getTime() - before.openedAt.getTime() < REREAD_MS;
  if (recent && (reminded === null || before.openedAt.toISOString() >= reminded)) return false;
  await tx
    .insert(readMark)
    .values({ workerId: actor.id, conversationId, seq, openedAt: now })
    .onConflictDoUpdate({
      target: [readMark.workerId, readMark.conversationId],
      set: { seq: sql`greatest(${readMark.seq}, excluded.seq)`, openedAt: now },
    });
  return true;
}
