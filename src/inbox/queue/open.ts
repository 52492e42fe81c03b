import { and, asc, eq, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { gateIn } from '../../../db/gate.ts';
import { fieldOf } from '../../../db/protected.ts';
import { conversation, message, note, phone, readMark } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import { delivery } from '../../../db/schema/work.ts';
import type { Handover, Message, Note, Opened } from '../wire.ts';
import { type Actor, asStaff, type Desk, Refusal } from './desk.ts';
import { itemOf } from './item.ts';

const REREAD_MS = 15 * 60_000;

/**
 * The whole conversation from its first message (F10), with notes and what the person who takes over needs to know.
 * Every opening is audited (L1). @throws Refusal `not-found`.
 */
export async function open(desk: Desk, actor: Actor, id: string): Promise<Opened> {
  return asStaff(desk, actor, async (tx, closing) => {
    const [row] = await tx.select().from(conversation).where(eq(conversation.id, id));
    if (!row) throw new Refusal('not-found');
    const messages = await messagesOf(desk, tx, row);
    if (await mark(tx, actor, id, row.lastSeq, desk.clock()))
      closing.audit({ action: 'open', conversationId: id, detail: { lastSeq: row.lastSeq } });
    return {
      conversation: await itemOf(tx, actor, id),
      messages: messages.map((m) => m.shown),
      notes: await notesOf(desk, tx, row),
      handover: await handoverOf(
        tx,
        row,
        messages.flatMap((m) => m.topics),
      ),
      claim: row.workerId === actor.id && row.owner === 'worker' ? row.claimToken : null,
    };
  });
}

async function messagesOf(desk: Desk, tx: Tx, row: ConversationRow): Promise<{ shown: Message; topics: string[] }[]> {
  if (isErased(row)) return [];
  const key = desk.vault.unwrap(row);
  const rows = await tx
    .select({ m: message, name: worker.name, delivery })
    .from(message)
    .leftJoin(worker, eq(worker.id, message.workerId))
    .leftJoin(delivery, and(eq(delivery.conversationId, message.conversationId), eq(delivery.seq, message.seq)))
    .where(eq(message.conversationId, row.id))
    .orderBy(asc(message.seq));
  return rows.map(({ m, name, delivery: sent }) => ({
    topics: isUntold(m.answers) ? [] : (m.meta.topics ?? []),
    shown: {
      seq: m.seq,
      author: m.author,
      name: name ?? m.meta.workerName ?? null,
      text: desk.vault.open(key, m.body, `${row.id}:${m.seq}`),
      language: m.language,
      at: m.at.toISOString(),
      ...(m.meta.heard ? { heard: m.meta.heard } : {}),
      ...(m.answers ? { answers: m.answers } : {}),
      ...(sent ? { delivery: deliveryOf(sent) } : {}),
    },
  }));
}

const deliveryOf = ({ status, error, notBefore }: typeof delivery.$inferSelect): Message['delivery'] => ({
  status,
  ...(error ? { error } : {}),
  ...(notBefore && status === 'queued' ? { notBefore: notBefore.toISOString() } : {}),
});

/** Before the person chose to write openly nothing was told of what was heard. */
const isUntold = (answers: { id: string }[] | null) => answers?.some(({ id }) => id.startsWith('words:gate_')) === true;

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

async function handoverOf(tx: Tx, row: ConversationRow, topics: string[]): Promise<Handover> {
  const [previous] = row.previousWorkerId
    ? await tx.select({ name: worker.name }).from(worker).where(eq(worker.id, row.previousWorkerId))
    : [];
  const [from] = row.phoneId
    ? await tx
        .select({ optedOutAt: phone.optedOutAt, gateAskedAt: phone.gateAskedAt, openSince: phone.openSince })
        .from(phone)
        .where(eq(phone.id, row.phoneId))
    : [];
  const field = await fieldOf(tx, row.id);
  return {
    reasons: row.reasons,
    topics: [...new Set(topics)],
    previousWorker: previous?.name ?? null,
    episode: row.episode,
    optedOut: from?.optedOutAt != null,
    gate: gateIn(from),
    field: field ? { kind: field.kind, kept: field.keptAt !== null } : null,
  };
}

/**
 * Moves the read mark. @returns whether this is an opening to be audited (L1): the first, one that shows something new, or one
 * after a quarter of an hour; the tab's own re-reading of what is on the screen is not.
 */
async function mark(tx: Tx, actor: Actor, conversationId: string, seq: number, now: Date): Promise<boolean> {
  const mine = and(eq(readMark.workerId, actor.id), eq(readMark.conversationId, conversationId));
  const [before] = await tx.select().from(readMark).where(mine);
  const seen = before && before.seq >= seq && now.getTime() - before.openedAt.getTime() < REREAD_MS;
  if (seen) return false;
  await tx
    .insert(readMark)
    .values({ workerId: actor.id, conversationId, seq, openedAt: now })
    .onConflictDoUpdate({
      target: [readMark.workerId, readMark.conversationId],
      set: { seq: sql`greatest(${readMark.seq}, excluded.seq)`, openedAt: now },
    });
  return true;
}
