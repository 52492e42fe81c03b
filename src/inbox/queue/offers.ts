import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { transfer } from '../../../db/schema/desk.ts';
import { district } from '../../../db/schema/place.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Offer } from '../wire.ts';
import { type Actor, asStaff, type Desk, Refusal } from './desk.ts';

/** Minutes an offer may wait for an answer; then it goes back with an alarm (F16). */
export const OFFER_MIN = 15;

/** The open offers that the actor may answer, and those of their own. Content-free: the conversation itself is not theirs yet. */
export const offers = (desk: Desk, actor: Actor): Promise<Offer[]> =>
  asStaff(desk, actor, (tx) => offersIn(tx, eq(transfer.state, 'offered')));

/** @throws Refusal `no-offer` when it is not the actor's to see. */
export async function offerOf(tx: Tx, id: string): Promise<Offer> {
  const [offer] = await offersIn(tx, eq(transfer.id, id));
  if (!offer) throw new Refusal('no-offer');
  return offer;
}

/** The one open offer of a conversation. */
export async function openOffer(tx: Tx, conversationId: string) {
  const open = and(eq(transfer.conversationId, conversationId), eq(transfer.state, 'offered'));
  const [row] = await tx.select().from(transfer).where(open);
  return row ?? null;
}

const giver = alias(worker, 'giver');
const taker = alias(worker, 'taker');
const origin = alias(district, 'origin');
const goal = alias(district, 'goal');

/** What the other side may know comes from `offers_to_me()`, the rest from the conversation where it may be read. */
async function offersIn(tx: Tx, where: SQL): Promise<Offer[]> {
  const rows = await tx
    .select({
      t: transfer,
      fromName: giver.name,
      toName: taker.name,
      fromDistrictName: origin.name,
      toDistrictName: goal.name,
      toMe: sql<boolean>`mine.id is not null`,
      channel: sql<Offer['channel']>`coalesce(mine.channel, ${conversation.channel})`,
      language: sql<string>`coalesce(mine.language, ${conversation.language})`,
      risk: sql<Offer['risk']>`coalesce(mine.risk, ${conversation.risk})`,
    })
    .from(transfer)
    .leftJoin(sql`offers_to_me() mine`, sql`mine.id = ${transfer.id}`)
    .leftJoin(conversation, eq(conversation.id, transfer.conversationId))
    .innerJoin(giver, eq(giver.id, transfer.fromWorker))
    .innerJoin(origin, eq(origin.slug, transfer.fromDistrict))
    .innerJoin(goal, eq(goal.slug, transfer.toDistrict))
    .leftJoin(taker, eq(taker.id, transfer.toWorker))
    .where(and(where, sql`coalesce(mine.id, ${conversation.id}) is not null`))
    .orderBy(asc(transfer.offeredAt), asc(transfer.id));
  return rows.map(({ t, fromName, toName, ...known }) => ({
    id: t.id,
    conversation: t.conversationId,
    state: t.state,
    fromDistrict: t.fromDistrict,
    toDistrict: t.toDistrict,
    from: { id: t.fromWorker, name: fromName },
    to: t.toWorker && toName ? { id: t.toWorker, name: toName } : null,
    offeredAt: t.offeredAt.toISOString(),
    expiresAt: new Date(t.offeredAt.getTime() + OFFER_MIN * 60_000).toISOString(),
    ...known,
  }));
}
