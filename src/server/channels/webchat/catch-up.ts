import type { ConversationRow } from '../../../../db/append.ts';
import type { Db } from '../../../../db/client.ts';
import type { Vault } from '../../../../db/vault.ts';
import type { OutgoingActivity } from '../../../bot/wire.ts';
import type { Visitor } from '../../auth/visitor-token.ts';
import { messageActivity, ownerActivity, ownerActivityId, type Place } from './activities.ts';
import { readThread } from './read-thread.ts';
import type { Cursor } from './watermark.ts';

export interface ReadDeps {
  db: Db;
  vault: Vault;
  /** Place in line of a waiting conversation; null when it is not known. */
  place?(row: ConversationRow): Promise<Place | null>;
}

export interface CaughtUp {
  head: ConversationRow | null;
  activities: OutgoingActivity[];
  /** Where a client is that has read as far as each of them. */
  steps: Cursor[];
  at: Cursor;
  more: boolean;
}

/** What a client at `from` has not seen: messages in order and, when it changed, who has the conversation. Streams and polls alike. */
export async function catchUp(deps: ReadDeps, visitor: Visitor, from: Cursor): Promise<CaughtUp> {
  const { head, messages, more } = await readThread(deps.db, deps.vault, visitor.threadId, from);
  const activities = messages.map((m) => messageActivity(visitor, m, head));
  const steps = messages.map(({ episode, seq }) => ({ ...from, episode, seq }));
  const at = told(steps.at(-1) ?? from, head, more);
  if (!head || more || isTold(head, from)) return { head, activities, steps, at, more };
  const place = head.owner === 'waiting' ? ((await deps.place?.(head)) ?? null) : null;
  activities.push(ownerActivity(visitor, head, place, ownerActivityId(head)));
  return { head, activities, steps: [...steps, at], at, more };
}

/** A fresh conversation is the bot's: that needs no telling. */
const isTold = (head: ConversationRow, from: Cursor): boolean =>
  head.episode === from.episode
    ? head.ownerEpoch === from.ownerEpoch
    : from.episode === 0 && from.ownerEpoch === 0 && head.ownerEpoch === 0;

const told = (at: Cursor, head: ConversationRow | null, more: boolean): Cursor =>
  head && !more ? { ...at, ownerEpoch: head.ownerEpoch } : at;
