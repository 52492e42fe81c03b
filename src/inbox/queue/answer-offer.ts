import { eq } from 'drizzle-orm';
import { type ConversationRow, record } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { newId } from '../../../db/schema/columns.ts';
import { transfer } from '../../../db/schema/desk.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Claimed, Offer } from '../wire.ts';
import { type Actor, asStaff, type Closing, type Desk, mustWork, type Only, Refusal } from './desk.ts';
import { give, holderOf, lockRow, tellVisitor } from './hold.ts';
import { itemOf } from './item.ts';
import { offerOf, openOffer } from './offers.ts';

/**
 * Takes an offered conversation: owner, district and claim change in one transaction, and the giver reads nothing of it from
 * then on unless the new district is theirs too (F15). Of many who accept, one wins.
 * @throws Refusal `not-found`, `no-offer`, or `held` with the holder's name when somebody was faster.
 */
export const accept = (desk: Desk, actor: Actor, id: string): Promise<Claimed> =>
  answering(desk, actor, id, async (tx, closing, row, offer) => {
    await decide(desk, tx, actor, offer.id, { state: 'accepted' });
    const token = newId('clm');
    const held = { workerId: actor.id, claimToken: token, heldSince: desk.clock(), previousWorkerId: null };
    const moved = offer.toDistrict === row.district ? {} : { district: offer.toDistrict, homeDistrict: null };
    const set = { ...held, ...moved };
    await give(desk, tx, closing, row, {
      owner: 'worker',
      set,
      handing: 'moved',
      kind: 'transferred',
      name: actor.name,
    });
    if (offer.toDistrict !== row.district)
      await record(tx, { ...row, version: row.version + 1 }, 'transferred', desk.clock());
    closing.audit({ action: 'accept', conversationId: id, detail: { offer: offer.id, from: row.workerId } });
    return { claim: token, conversation: await itemOf(tx, actor, id) };
  });

/**
 * Says no to an offer, with a reason: the giver still has the conversation and is alarmed (oB).
 * @throws Refusal `not-found`, `no-offer`, `held`.
 */
export const decline = (desk: Desk, actor: Actor, id: string, reason: string): Promise<Offer> =>
  answering(desk, actor, id, async (tx, closing, row, offer) => {
    await decide(desk, tx, actor, offer.id, { state: 'declined', reason });
    const [holder] = await tx.select({ name: worker.name }).from(worker).where(eq(worker.id, offer.fromWorker));
    await tellVisitor(desk, tx, closing, row, 'stays', holder?.name ?? '');
    for (const kind of ['declined', 'alarm'] as const) await record(tx, row, kind, desk.clock());
    if (offer.toDistrict !== row.district) closing.tell(offer.toDistrict, row, 'declined');
    closing.audit({ action: 'decline', conversationId: id, detail: { offer: offer.id, reason } });
    return offerOf(tx, offer.id);
  });

type OfferRow = NonNullable<Awaited<ReturnType<typeof openOffer>>>;

/** An answer to the open offer under the conversation's lock, by one who may give it. Sees that conversation and no other. */
async function answering<T>(
  desk: Desk,
  actor: Actor,
  id: string,
  answer: (tx: Tx, closing: Closing, row: ConversationRow, offer: OfferRow) => Promise<T>,
): Promise<T> {
  mustWork(actor);
  const only = await asStaff(desk, actor, (tx) => offeredTo(tx, actor, id));
  const { result, row, to } = await asStaff(
    desk,
    actor,
    async (tx, closing) => {
      const row = await lockRow(tx, id);
      const offer = await openOffer(tx, id);
      if (!offer || !isFor(offer, actor)) {
        const taken = row.owner === 'worker' && row.workerId !== actor.id;
        throw taken ? new Refusal('held', await holderOf(tx, row)) : new Refusal('no-offer');
      }
      return { result: await answer(tx, closing, row, offer), row, to: offer.toDistrict };
    },
    only,
  );
  for (const district of new Set([row.district, to])) desk.announce({ ...row, district });
  return result;
}

/** What the offer opens: nothing when there is none for the actor. */
async function offeredTo(tx: Tx, actor: Actor, id: string): Promise<Only | null> {
  const offer = await openOffer(tx, id);
  return offer && isFor(offer, actor) ? { conversation: id, district: offer.fromDistrict } : null;
}

/** The same rule as the function `offers_to_me()` in the database. */
const isFor = ({ fromWorker, toWorker, toDistrict }: OfferRow, actor: Actor): boolean =>
  fromWorker !== actor.id && (toWorker ?? actor.id) === actor.id && actor.districts.includes(toDistrict);

const decide = (
  desk: Desk,
  tx: Tx,
  actor: Actor,
  id: string,
  decision: { state: 'accepted' | 'declined'; reason?: string },
) =>
  tx
    .update(transfer)
    .set({ ...decision, decidedAt: desk.clock(), decidedBy: actor.id })
    .where(eq(transfer.id, id));
