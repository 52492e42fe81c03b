import { eq, sql } from 'drizzle-orm';
import { record } from '../../../db/append.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import type { Item } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustSupervise } from './desk.ts';
import { lockRow } from './hold.ts';
import { itemOf } from './item.ts';

/**
 * Keeps a conversation from being erased, by schedule or by the person, or lets go of it again (A2). Audited.
 * @throws Refusal `not-allowed`, `not-found`.
 */
export async function setLegalHold(desk: Desk, actor: Actor, id: string, on: boolean): Promise<Item> {
  mustSupervise(actor);
  const { row, item } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    if (row.legalHold === on) return { row, item: await itemOf(tx, actor, id) };
    const version = row.version + 1;
    const set = { legalHold: on, version: sql`${conversation.version} + 1` };
    await tx.update(conversation).set(set).where(eq(conversation.id, id));
    await record(tx, { ...row, version }, 'hold', desk.clock());
    closing.audit({ action: 'hold', conversationId: id, detail: { on } });
    return { row, item: await itemOf(tx, actor, id) };
  });
  desk.announce(row);
  return item;
}
