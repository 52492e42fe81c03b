import type { ConversationRow } from '../../../db/append.ts';
import type { Item } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustSupervise, Refusal } from './desk.ts';
import { type Change, give, lockRow } from './hold.ts';
import { itemOf } from './item.ts';
import { leave } from './leave.ts';

/**
 * Ends the episode with an outcome code; what has become a case is kept (A2); what the visitor writes later opens a linked new one (F18).
 * @throws Refusal `not-found`, `not-holder`, `not-open`.
 */
export const close = (desk: Desk, actor: Actor, id: string, claim: string, outcome: string): Promise<Item> =>
  leave(desk, actor, id, { claim }, 'close', (_row, now) => closing(outcome, now));

/**
 * The same by a coordinator or an administrator, whatever state it is in and whoever holds it, with a reason (F16).
 * @throws Refusal `not-allowed`, `not-found`, `not-open`.
 */
export async function forceClose(desk: Desk, actor: Actor, id: string, reason: string, outcome: string): Promise<Item> {
  mustSupervise(actor);
  const { row, item } = await asStaff(desk, actor, async (tx, ending) => {
    const row: ConversationRow = await lockRow(tx, id);
    if (row.owner === 'closed') throw new Refusal('not-open');
    await give(desk, tx, ending, row, { ...closing(outcome, desk.clock()), name: actor.name });
    const detail = { outcome, reason, owner: row.owner, holder: row.owner === 'worker' ? row.workerId : null };
    ending.audit({ action: 'force-close', conversationId: id, detail });
    return { row, item: await itemOf(tx, actor, id) };
  });
  desk.announce(row);
  return item;
}

const closing = (outcome: string, now: Date): Omit<Change, 'name'> => ({
  owner: 'closed',
  set: { closedAt: now, outcome, ...(outcome === 'case' ? { retentionClass: 'case' } : {}) },
  handing: 'closed',
  kind: 'closed',
});
