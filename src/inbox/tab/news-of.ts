import type { Opened } from '../wire.ts';
import type { Notice } from './state.ts';

/** What has happened to the open conversation between two readings that its reader must be told. */
export function newsOf(before: Opened, now: Opened): Notice | null {
  if (before.claim && !now.claim && now.conversation.owner === 'worker')
    return { kind: 'taken', name: now.conversation.worker?.name ?? null };
  if (before.claim && !now.claim && now.conversation.owner === 'waiting') return { kind: 'returned', name: null };
  const last = now.handover.trail.at(-1);
  const bounced = before.handover.offer && !now.handover.offer && now.claim !== null;
  if (bounced && (last?.kind === 'declined' || last?.kind === 'expired')) return { kind: last.kind, name: last.by };
  return null;
}
