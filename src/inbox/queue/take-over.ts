import { newId } from '../../../db/schema/columns.ts';
import { transfer } from '../../../db/schema/desk.ts';
import type { Claimed } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustSupervise, Refusal } from './desk.ts';
import { give, lockRow } from './hold.ts';
import { itemOf } from './item.ts';

/**
 * A coordinator or an administrator takes a conversation from the colleague who holds it, with a reason that is audited and
 * shown to that colleague together with the name (F16).
 * @throws Refusal `not-allowed`, `not-found`, `not-held` when nobody or the actor has it, `not-open`.
 */
export async function takeOver(desk: Desk, actor: Actor, id: string, reason: string): Promise<Claimed> {
  mustSupervise(actor);
  const { row, claimed } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    if (row.owner === 'closed') throw new Refusal('not-open');
    if (row.owner !== 'worker' || !row.workerId || row.workerId === actor.id) throw new Refusal('not-held');
    const token = newId('clm');
    const set = { workerId: actor.id, claimToken: token, heldSince: desk.clock(), previousWorkerId: row.workerId };
    await give(desk, tx, closing, row, { owner: 'worker', set, handing: 'moved', kind: 'claimed', name: actor.name });
    const here = { fromDistrict: row.district, toDistrict: row.district, toWorker: actor.id };
    const decided = { state: 'taken' as const, reason, offeredAt: desk.clock(), decidedAt: desk.clock() };
    const from = { conversationId: id, fromWorker: row.workerId, decidedBy: actor.id };
    await tx.insert(transfer).values({ id: newId('trf'), ...from, ...here, ...decided });
    closing.audit({ action: 'take-over', conversationId: id, detail: { from: row.workerId, reason } });
    return { row, claimed: { claim: token, conversation: await itemOf(tx, actor, id) } };
  });
  desk.announce(row);
  return claimed;
}
