import { and, desc, eq, gt } from 'drizzle-orm';
import { record } from '../../../db/append.ts';
import { newId } from '../../../db/schema/columns.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { breakGlass } from '../../../db/schema/desk.ts';
import type { Glass } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustWork, type Only, Refusal } from './desk.ts';

/** Minutes a broken glass lets its breaker read. */
export const GLASS_MIN = 30;

/**
 * Lets the actor read one conversation of another district for half an hour, with a reason (L2): in the audit and before the
 * owning district's eyes at once. Nothing but reading comes of it.
 * @throws Refusal `not-allowed`, `not-found`, `yours-already` when it is in one of the actor's districts.
 */
export async function breakTheGlass(desk: Desk, actor: Actor, id: string, reason: Glass['reason']): Promise<Glass> {
  mustWork(actor);
  // Asked as the service: whose it is decides what is opened, and only the reason is the actor's.
  const where = { district: conversation.district, threadId: conversation.threadId };
  const [found] = await desk.db.select(where).from(conversation).where(eq(conversation.id, id));
  if (!found) throw new Refusal('not-found');
  if (actor.districts.includes(found.district)) throw new Refusal('yours-already');
  const at = desk.clock();
  const expiresAt = new Date(at.getTime() + GLASS_MIN * 60_000);
  const glassId = newId('brk');
  const broken = {
    id: glassId,
    conversationId: id,
    district: found.district,
    workerId: actor.id,
    reason,
    at,
    expiresAt,
  };
  const only = { conversation: id, district: found.district };
  await asStaff(
    desk,
    actor,
    async (tx, closing) => {
      const [row] = await tx.select().from(conversation).where(eq(conversation.id, id));
      if (!row) throw new Refusal('not-found');
      await tx.insert(breakGlass).values(broken);
      await record(tx, row, 'glass', at);
      closing.audit({ action: 'glass', conversationId: id, detail: { glass: glassId, reason, minutes: GLASS_MIN } });
    },
    only,
  );
  desk.announce(found);
  return { reason, at: at.toISOString(), expiresAt: expiresAt.toISOString() };
}

/** What the actor may read through a glass they broke and that has not closed again. */
export const throughGlass = (desk: Desk, actor: Actor, id: string): Promise<(Only & Glass) | null> =>
  asStaff(desk, actor, async (tx) => {
    const mine = and(eq(breakGlass.conversationId, id), eq(breakGlass.workerId, actor.id));
    const [row] = await tx
      .select()
      .from(breakGlass)
      .where(and(mine, gt(breakGlass.expiresAt, desk.clock())))
      .orderBy(desc(breakGlass.at));
    if (!row || actor.districts.includes(row.district)) return null;
    const { district, reason, at, expiresAt } = row;
    return { conversation: id, district, reason, at: at.toISOString(), expiresAt: expiresAt.toISOString() };
  });
