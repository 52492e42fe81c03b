import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { given, prepared } from '../../../db/prepared.ts';
import { message } from '../../../db/schema/conversation.ts';
import type { Vault } from '../../../db/vault.ts';

const HOUR_MS = 60 * 60_000;
/** More automatic answers than this to one number within an hour is no conversation with a person (DOMAIN 6.4). */
export const ANSWERS_AN_HOUR = 60;
/** An automatic reply is a sentence; "ja" or "2" may well come three times. */
const SENTENCE = 20;
const SAME_AT_MOST = 2;

/**
 * Whether an answer would go to another machine: the same sentence for the third time within an hour, or far too many answers.
 * The text is kept and heard for danger all the same; only nobody answers by machine. The caller holds the row lock.
 */
export async function talksToMachine(
  tx: Tx,
  vault: Vault,
  row: ConversationRow,
  text: string,
  now: Date,
): Promise<'same-words' | 'too-many' | null> {
  const since = new Date(now.getTime() - HOUR_MS);
  const said = await findLately(tx, { id: row.id, since });
  if (Number(said[0]?.answers ?? 0) >= ANSWERS_AN_HOUR) return 'too-many';
  if (text.length < SENTENCE) return null;
  const key = vault.unwrap(row);
  const same = said.filter(({ seq, body }) => vault.open(key, body, `${row.id}:${seq}`) === text);
  return same.length >= SAME_AT_MOST ? 'same-words' : null;
}

const findLately = prepared((db) => {
  const [id, since] = [given('id', message.conversationId), given('since', message.at)];
  return db
    .select({
      seq: message.seq,
      body: message.body,
      answers: sql<string>`(select count(*) from message a
        where a.conversation_id = ${id} and a.author = 'bot' and a.at > ${since})`,
    })
    .from(message)
    .where(and(eq(message.conversationId, id), gt(message.at, since), eq(message.author, 'visitor')))
    .orderBy(desc(message.seq))
    .limit(12);
});
