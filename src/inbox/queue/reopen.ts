import { and, eq, ne, or } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { newId } from '../../../db/schema/columns.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { isTaken } from '../../../db/taken.ts';
import type { Claimed } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustWork, Refusal } from './desk.ts';
import { give, lockRow } from './hold.ts';
import { itemOf } from './item.ts';

/**
 * Opens a closed conversation again and gives it to the actor. A person has one open conversation: if they have begun a new
 * one, that is where to go (F18), named when the actor may read it.
 * @throws Refusal `not-allowed`, `not-found`, `not-closed`, `erased`, `newer-open`.
 */
export async function reopen(desk: Desk, actor: Actor, id: string): Promise<Claimed> {
  mustWork(actor);
  const { row, claimed } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    if (row.owner !== 'closed') throw new Refusal('not-closed');
    if (isErased(row) || (row.channel === 'sms' && !row.phoneId)) throw new Refusal('erased');
    const newer = await openElsewhere(tx, row);
    if (newer) throw new Refusal('newer-open', null, newer);
    const token = newId('clm');
    const held = { workerId: actor.id, claimToken: token, heldSince: desk.clock(), previousWorkerId: null };
    const set = { ...held, closedAt: null, outcome: null, waitingSince: null };
    await give(desk, tx, closing, row, { owner: 'worker', set, handing: 'moved', kind: 'reopened', name: actor.name });
    closing.audit({ action: 'reopen', conversationId: id, detail: { outcome: row.outcome } });
    return { row, claimed: { claim: token, conversation: await itemOf(tx, actor, id) } };
  }).catch((error: unknown) => {
    // It is in a district that the actor does not see: the database allows one open conversation a person.
    throw isTaken(error) ? new Refusal('newer-open') : error;
  });
  desk.announce(row);
  return claimed;
}

async function openElsewhere(tx: Tx, row: ConversationRow): Promise<string | null> {
  const same = or(
    eq(conversation.threadId, row.threadId),
    row.phoneId ? eq(conversation.phoneId, row.phoneId) : undefined,
  );
  const [open] = await tx
    .select({ id: conversation.id })
    .from(conversation)
    .where(and(same, ne(conversation.owner, 'closed')));
  return open?.id ?? null;
}
