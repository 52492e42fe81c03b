import type { Item } from '../wire.ts';
import type { Actor, Desk } from './desk.ts';
import { leave, type Parting } from './leave.ts';

/**
 * Puts a held conversation back into the queue, at the place it had before it was claimed.
 * @throws Refusal `not-found`, `not-holder`, `not-open`, `unreachable` when the last word cannot be sent.
 */
export const release = (desk: Desk, actor: Actor, id: string, parting: Parting): Promise<Item> =>
  leave(desk, actor, id, parting, 'release', (row, now) => ({
    owner: 'waiting',
    set: { workerId: null, previousWorkerId: actor.id, waitingSince: row.waitingSince ?? now },
    handing: 'released',
    kind: 'released',
  }));
