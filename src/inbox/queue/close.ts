import type { Item } from '../wire.ts';
import type { Actor, Desk } from './desk.ts';
import { leave } from './leave.ts';

/**
 * Ends the episode with an outcome code; what has become a case is kept (A2); what the visitor writes later opens a linked new one (F18).
 * @throws Refusal `not-found`, `not-holder`, `not-open`.
 */
export const close = (desk: Desk, actor: Actor, id: string, claim: string, outcome: string): Promise<Item> =>
  leave(desk, actor, id, claim, 'close', (_row, now) => ({
    owner: 'closed',
    set: { closedAt: now, outcome, ...(outcome === 'case' ? { retentionClass: 'case' } : {}) },
    handing: 'closed',
    kind: 'closed',
  }));
