import type { ConversationRow } from '../../../db/append.ts';
import type { Item } from '../wire.ts';
import { type Actor, asStaff, type Desk } from './desk.ts';
import { type Change, give, lockHeld } from './hold.ts';
import { itemOf } from './item.ts';
import { sayAs } from './reply.ts';

/** With what the holder lets go: their claim, and if they like a last word to the visitor, sent as their own message. */
export interface Parting {
  claim: string;
  text?: string | undefined;
}

/** The holder lets go: what release, hand-back and close have in common. @throws Refusal also `unreachable` with a last word. */
export async function leave(
  desk: Desk,
  actor: Actor,
  id: string,
  { claim, text }: Parting,
  action: string,
  change: (row: ConversationRow, now: Date) => Omit<Change, 'name'>,
): Promise<Item> {
  const left = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockHeld(tx, actor, id, claim);
    if (text !== undefined) await sayAs(desk, tx, closing, actor, row, { text });
    await give(desk, tx, closing, row, { ...change(row, desk.clock()), name: actor.name });
    closing.audit({ action, conversationId: id });
    return { threadId: row.threadId, item: await itemOf(tx, actor, id) };
  });
  desk.announce({ threadId: left.threadId, district: left.item.district });
  return left.item;
}
