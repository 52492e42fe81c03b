import { and, asc, eq, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../../db/append.ts';
import type { Reader } from '../../../../db/client.ts';
import { conversation, message } from '../../../../db/schema/conversation.ts';
import type { Vault } from '../../../../db/vault.ts';
import { newestEpisode } from '../../turn/episode.ts';
import type { Cursor } from './watermark.ts';

export type ThreadMessage = Omit<typeof message.$inferSelect, 'body'> & { text: string; episode: number };

export interface ThreadPage {
  /** The newest episode, or null when nothing has been written. */
  head: ConversationRow | null;
  messages: ThreadMessage[];
  /** More messages follow these. */
  more: boolean;
}

const PAGE = 200;

/**
 * All that a visitor can ever read of a thread: what stands after `after`, in order, over all episodes. It selects from
 * `message` alone, where nothing is that is not meant for them (F37); by sequence, whatever its age (F21).
 */
export async function readThread(db: Reader, vault: Vault, threadId: string, after: Cursor): Promise<ThreadPage> {
  const head = await newestEpisode(db, threadId);
  if (!head || (head.episode === after.episode && head.lastSeq <= after.seq))
    return { head, messages: [], more: false };
  const rows = await db
    .select({
      message,
      episode: conversation.episode,
      key: { wrappedKey: conversation.wrappedKey, masterKeyId: conversation.masterKeyId },
    })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(
      and(
        eq(conversation.threadId, threadId),
        sql`(${conversation.episode}, ${message.seq}) > (${after.episode}, ${after.seq})`,
      ),
    )
    .orderBy(asc(conversation.episode), asc(message.seq))
    .limit(PAGE + 1);
  const messages = rows.slice(0, PAGE).map(({ message: { body, ...rest }, episode, key }) => {
    const text = vault.open(vault.unwrap(key), body, `${rest.conversationId}:${rest.seq}`);
    return { ...rest, text, episode };
  });
  return { head, messages, more: rows.length > PAGE };
}
