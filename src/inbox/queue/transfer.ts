import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { record } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { newId } from '../../../db/schema/columns.ts';
import { transfer as transferTable } from '../../../db/schema/desk.ts';
import { worker, workerDistrict } from '../../../db/schema/staff.ts';
import type { Offer } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustWork, Refusal } from './desk.ts';
import { lockHeld, tellVisitor } from './hold.ts';
import { offerOf, openOffer } from './offers.ts';

/** To a district, or to a colleague by id (in that district, when both are named). */
export type Destination = { district?: string | undefined; worker?: string | undefined };

/**
 * Offers a held conversation to a district or a colleague. The giver keeps it, and may go on writing, until somebody accepts;
 * the visitor is asked in their language and may say no (oB). One open offer at a time.
 * @throws Refusal `not-found`, `not-holder`, `not-open`, `offered`, `nobody-there` when nobody there could accept.
 */
export async function transfer(
  desk: Desk,
  actor: Actor,
  id: string,
  claim: string,
  destination: Destination,
): Promise<Offer> {
  mustWork(actor);
  const { row, offer } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockHeld(tx, actor, id, claim);
    if (await openOffer(tx, id)) throw new Refusal('offered');
    const toDistrict = await districtFor(tx, actor, row.district, destination);
    const to = { toDistrict, toWorker: destination.worker ?? null };
    const from = { fromWorker: actor.id, fromDistrict: row.district };
    const made = { id: newId('trf'), conversationId: id, ...from, ...to, offeredAt: desk.clock() };
    await tx.insert(transferTable).values(made);
    await tellVisitor(desk, tx, closing, row, 'asked', actor.name);
    await record(tx, row, 'offered', desk.clock());
    if (toDistrict !== row.district) closing.tell(toDistrict, row, 'offered');
    closing.audit({ action: 'transfer', conversationId: id, detail: { offer: made.id, ...to } });
    return { row, offer: await offerOf(tx, made.id) };
  });
  for (const district of new Set([row.district, offer.toDistrict])) desk.announce({ ...row, district });
  return offer;
}

/** The giver takes the offer back. @throws Refusal `not-found`, `not-holder`, `not-open`, `no-offer`. */
export async function withdraw(desk: Desk, actor: Actor, id: string, claim: string): Promise<Offer> {
  const { row, offer } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockHeld(tx, actor, id, claim);
    const open = await openOffer(tx, id);
    if (!open) throw new Refusal('no-offer');
    const decided = { state: 'withdrawn' as const, decidedAt: desk.clock(), decidedBy: actor.id };
    await tx.update(transferTable).set(decided).where(eq(transferTable.id, open.id));
    await tellVisitor(desk, tx, closing, row, 'stays', actor.name);
    await record(tx, row, 'withdrawn', desk.clock());
    if (open.toDistrict !== row.district) closing.tell(open.toDistrict, row, 'withdrawn');
    closing.audit({ action: 'withdraw', conversationId: id, detail: { offer: open.id } });
    return { row, offer: await offerOf(tx, open.id) };
  });
  for (const district of new Set([row.district, offer.toDistrict])) desk.announce({ ...row, district });
  return offer;
}

/** Where the offer goes: a district where somebody else could accept it. */
async function districtFor(tx: Tx, actor: Actor, own: string, { district, worker: named }: Destination) {
  if (!named && district === own) throw new Refusal('nobody-there');
  const rows = await tx
    .select({ district: workerDistrict.district })
    .from(workerDistrict)
    .innerJoin(worker, eq(worker.id, workerDistrict.workerId))
    .where(
      and(
        eq(worker.active, true),
        ne(worker.id, actor.id),
        inArray(worker.role, ['worker', 'coordinator', 'admin']),
        named ? eq(worker.id, named) : undefined,
        district ? eq(workerDistrict.district, district) : undefined,
      ),
    )
    // A colleague of the same district takes it there; the city pool is the last choice.
    .orderBy(
      sql`${workerDistrict.district} <> ${own}, ${workerDistrict.district} = 'staden', ${workerDistrict.district}`,
    )
    .limit(1);
  const [found] = rows;
  if (!found) throw new Refusal('nobody-there');
  return found.district;
}
