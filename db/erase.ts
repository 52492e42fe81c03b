import { eq, inArray } from 'drizzle-orm';
import { type ConversationRow, record } from './append.ts';
import type { Tx } from './client.ts';
import { destroyNumbers } from './destroy-numbers.ts';
import { conversation, message, note } from './schema/conversation.ts';
import { reminder, translation } from './schema/desk.ts';
import { privateLink, seenText } from './schema/texting.ts';

const ERASED = Buffer.alloc(0);

/** The person erased it, or its time was over: the key is gone, and with it every word (G7). */
export const isErased = (row: Pick<ConversationRow, 'wrappedKey'>): boolean => row.wrappedKey.length === 0;

/** A worker's case, a legal hold or a kept record is nobody's to erase. */
export const mayErase = (row: Pick<ConversationRow, 'owner' | 'legalHold' | 'retentionClass'>): boolean =>
  row.owner !== 'worker' && !row.legalHold && row.retentionClass === 'advice';

/**
 * Erases the words of episodes that are locked, and the keys they were written under (G7). What stays is content-free, with an
 * empty key; a number that no other conversation needs is destroyed too.
 */
export async function eraseEpisodes(tx: Tx, rows: readonly ConversationRow[], now: Date): Promise<void> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return;
  await tx.delete(message).where(inArray(message.conversationId, ids));
  for (const kept of [note, reminder, translation, privateLink, seenText])
    await tx.delete(kept).where(inArray(kept.conversationId, ids));
  for (const row of rows) {
    const open = row.owner !== 'closed';
    const version = row.version + 1;
    await tx
      .update(conversation)
      .set({
        wrappedKey: ERASED,
        returnCodeHash: null,
        phoneId: null,
        state: {},
        language: 'sv',
        reasons: [],
        tokenEpoch: row.tokenEpoch + 1,
        version,
        turnSince: null,
        turnDueAt: null,
        turnToken: null,
        turnLeaseUntil: null,
        ...(open ? { owner: 'closed' as const, ownerEpoch: row.ownerEpoch + 1, closedAt: now, outcome: 'erased' } : {}),
      })
      .where(eq(conversation.id, row.id));
    if (open) await record(tx, { ...row, version }, 'closed', now);
  }
  for (const id of new Set(rows.flatMap((row) => (row.phoneId ? [row.phoneId] : [])))) await destroyNumbers(tx, id);
}
