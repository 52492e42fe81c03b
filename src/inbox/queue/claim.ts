import { newId } from '../../../db/schema/columns.ts';
import type { Claimed } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustWork, Refusal } from './desk.ts';
import { give, holderOf, lockRow } from './hold.ts';
import { itemOf } from './item.ts';

/**
 * Takes a conversation over from the bot or the queue. The returned claim is the token that every later verb carries.
 * @throws Refusal `not-found`, `held` with the holder's name (also when it is the actor: a claim is given once), `not-open`, `not-allowed`.
 */
export async function claim(desk: Desk, actor: Actor, id: string): Promise<Claimed> {
  mustWork(actor);
  const claimed = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    if (row.owner === 'closed') throw new Refusal('not-open');
    if (row.owner === 'worker') throw new Refusal('held', await holderOf(tx, row));
    const token = newId('clm');
    const set = { workerId: actor.id, claimToken: token, heldSince: desk.clock(), previousWorkerId: null };
    await give(desk, tx, closing, row, { owner: 'worker', set, handing: 'claimed', kind: 'claimed', name: actor.name });
    closing.audit({ action: 'claim', conversationId: id });
    return { threadId: row.threadId, claim: token, conversation: await itemOf(tx, actor, id) };
  });
  desk.announce({ threadId: claimed.threadId, district: claimed.conversation.district });
  return { claim: claimed.claim, conversation: claimed.conversation };
}
