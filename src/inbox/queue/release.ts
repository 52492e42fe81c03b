import type { Item } from '../wire.ts';
import type { Actor, Desk } from './desk.ts';
import { leave } from './leave.ts';

/**
 * Puts a held conversation back into the queue, at the place it had before it was claimed.
 * @throws Refusal `not-found`, `not-holder`, `not-open`.
 */
export const release = (desk: Desk, actor: Actor, id: string, claim: string): Promise<Item> =>
  leave(desk, actor, id, claim, 'release', (row, now) => ({
    owner: 'waiting',
    set: { workerId: null, previousWorkerId: actor.id, waitingSince: row.waitingSince ?? now },
    handing: 'released',
    kind: 'released',
  }));
