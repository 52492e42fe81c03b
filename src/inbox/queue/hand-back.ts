import type { Item } from '../wire.ts';
import type { Actor, Desk } from './desk.ts';
import { leave, type Parting } from './leave.ts';

/**
 * Gives the conversation back to the bot, which says so to the visitor and answers from the next message on (F5).
 * @throws Refusal `not-found`, `not-holder`, `not-open`, `unreachable` when the last word cannot be sent.
 */
export const handBack = (desk: Desk, actor: Actor, id: string, parting: Parting): Promise<Item> =>
  leave(desk, actor, id, parting, 'hand-back', (row) => ({
    owner: 'bot',
    set: {
      workerId: null,
      previousWorkerId: actor.id,
      waitingSince: null,
      state: { ...row.state, handedBack: true, asked: null, choices: [], questions: 0 },
    },
    handing: 'back',
    kind: 'returned',
  }));
