import { decideField, fieldOf, openField } from '../../../db/protected.ts';
import type { ProtectedField } from '../wire.ts';
import { type Actor, asStaff, type Desk, Refusal } from './desk.ts';
import { lockHeld } from './hold.ts';

/**
 * The number or address that the person said yes to, for the holder alone; every reading is audited (eval LABELS §8).
 * @throws Refusal `not-found` when nothing is kept, `not-holder`, `not-open`.
 */
export const openProtected = (desk: Desk, actor: Actor, id: string, claim: string): Promise<ProtectedField> =>
  asStaff(desk, actor, async (tx, closing) => {
    await lockHeld(tx, actor, id, claim);
    const field = await fieldOf(tx, id);
    const value = await openField(tx, desk.vault, id);
    if (!field || value === null) throw new Refusal('not-found');
    closing.audit({ action: 'open-protected', conversationId: id, detail: { kind: field.kind } });
    return { kind: field.kind, value };
  });

/** The person has said yes to the holder in the conversation. @throws Refusal as above. */
export const keepProtected = (desk: Desk, actor: Actor, id: string, claim: string): Promise<ProtectedField> =>
  asStaff(desk, actor, async (tx, closing) => {
    await lockHeld(tx, actor, id, claim);
    await decideField(tx, id, true, desk.clock());
    const field = await fieldOf(tx, id);
    const value = await openField(tx, desk.vault, id);
    if (!field || value === null) throw new Refusal('not-found');
    closing.audit({ action: 'keep-protected', conversationId: id, detail: { kind: field.kind } });
    return { kind: field.kind, value };
  });
