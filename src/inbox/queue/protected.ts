import type { Tx } from '../../../db/client.ts';
import { decideField, fieldOf, openField } from '../../../db/protected.ts';
import type { ProtectedField } from '../wire.ts';
import { type Actor, asStaff, type Closing, type Desk, Refusal } from './desk.ts';
import { lockHeld } from './hold.ts';

/**
 * The number or address that the person said yes to, for the holder alone; every reading is audited (eval LABELS §8).
 * @throws Refusal `not-found` when nothing is kept, `not-holder`, `not-open`.
 */
export const openProtected = (desk: Desk, actor: Actor, id: string, claim: string): Promise<ProtectedField> =>
  asStaff(desk, actor, async (tx, closing) => {
    await lockHeld(tx, actor, id, claim);
    return read(desk, tx, closing, id, 'open-protected');
  });

/** The person has said yes to the holder in the conversation. @throws Refusal as above. */
export const keepProtected = (desk: Desk, actor: Actor, id: string, claim: string): Promise<ProtectedField> =>
  asStaff(desk, actor, async (tx, closing) => {
    await lockHeld(tx, actor, id, claim);
    const field = await fieldOf(tx, id);
    if (field) await decideField(tx, id, { keep: true, offeredAt: field.offeredAt }, desk.clock());
    return read(desk, tx, closing, id, 'keep-protected');
  });

async function read(desk: Desk, tx: Tx, closing: Closing, id: string, action: string): Promise<ProtectedField> {
  const field = await fieldOf(tx, id);
  const value = await openField(tx, desk.vault, id);
  if (!field || value === null) throw new Refusal('not-found');
  closing.audit({ action, conversationId: id, detail: { kind: field.kind } });
  return { kind: field.kind, value };
}
