import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { conversation, readMark } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Item } from '../wire.ts';
import { type Actor, Refusal } from './desk.ts';

/** Rows as the list shows them: no word of a help-seeker. `rank` and `at` are the keyset of the view. */
export async function selectItems(
  tx: Tx,
  actor: Actor,
  where: SQL | undefined,
  order: SQL,
  limit: number,
): Promise<Item[]> {
  // A look-up for each row shown: joined, it is every mark the actor has ever made.
  const seen = tx
    .select({ seq: readMark.seq, openedAt: readMark.openedAt })
    .from(readMark)
    .where(and(eq(readMark.conversationId, conversation.id), eq(readMark.workerId, actor.id)))
    .limit(1)
    .as('seen');
  const rows = await tx
    .select({
      id: conversation.id,
      channel: conversation.channel,
      contactNo: conversation.contactNo,
      language: conversation.language,
      district: conversation.district,
      owner: conversation.owner,
      risk: conversation.risk,
      reasons: conversation.reasons,
      waitingSince: conversation.waitingSince,
      lastVisitorAt: conversation.lastVisitorAt,
      workerId: conversation.workerId,
      workerName: worker.name,
      unread: sql<number>`${conversation.lastSeq} - coalesce(${seen.seq}, 0)`,
      openedAt: seen.openedAt,
      reminded: sql<string | null>`(select to_json(max(r.reminded_at)) #>> '{}' from reminder r
        where r.conversation_id = ${conversation.id} and r.done_at is null)`,
      version: conversation.version,
    })
    .from(conversation)
    .leftJoin(worker, eq(worker.id, conversation.workerId))
    .leftJoinLateral(seen, sql`true`)
    .where(where)
    .orderBy(order)
    .limit(limit);
  return rows.map(({ workerId, workerName, waitingSince, lastVisitorAt, openedAt, reminded, ...row }) => ({
    ...row,
    // A promise that fell due after the last look is one more thing that nobody has seen.
    unread: Number(row.unread) + (reminded && new Date(reminded) > (openedAt ?? new Date(0)) ? 1 : 0),
    reminded: reminded ? new Date(reminded).toISOString() : null,
    waitingSince: row.owner === 'waiting' ? (waitingSince?.toISOString() ?? null) : null,
    lastVisitorAt: lastVisitorAt?.toISOString() ?? null,
    worker: workerId && workerName ? { id: workerId, name: workerName } : null,
  }));
}

/** @throws Refusal `not-found` when it is not there or not the actor's to see: the two are the same answer (F38). */
export async function itemOf(tx: Tx, actor: Actor, id: string): Promise<Item> {
  const [item] = await selectItems(tx, actor, eq(conversation.id, id), sql`1`, 1);
  if (!item) throw new Refusal('not-found');
  return item;
}
