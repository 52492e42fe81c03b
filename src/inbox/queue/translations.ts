import { and, eq } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { translation } from '../../../db/schema/desk.ts';
import type { Translation } from '../wire.ts';
import type { Desk } from './desk.ts';

/** Stands where a model's name would: the words are the worker's own, and the message was made from them. */
const WORKER = 'worker';

/** Keeps the words of one message in another language, sealed under the conversation's key. The first to come stays. */
export async function keepTranslation(
  desk: Desk,
  tx: Tx,
  row: ConversationRow,
  { seq, language, text, model = WORKER }: { seq: number; language: string; text: string; model?: string },
): Promise<void> {
  const body = desk.vault.seal(desk.vault.unwrap(row), text, sealName(row.id, seq, language));
  await tx
    .insert(translation)
    .values({ conversationId: row.id, seq, language, body, model, at: desk.clock() })
    .onConflictDoNothing();
}

/** The translations of a conversation that has not been erased, by message; of one message where `seq` is given. */
export async function translationsOf(
  desk: Desk,
  tx: Tx,
  row: ConversationRow,
  seq?: number,
): Promise<Map<number, Translation[]>> {
  const key = desk.vault.unwrap(row);
  const rows = await tx
    .select()
    .from(translation)
    .where(and(eq(translation.conversationId, row.id), seq === undefined ? undefined : eq(translation.seq, seq)));
  const found = new Map<number, Translation[]>();
  for (const { seq: at, language, body, model } of rows) {
    const text = desk.vault.open(key, body, sealName(row.id, at, language));
    const by = model === WORKER ? 'worker' : 'machine';
    found.set(at, [...(found.get(at) ?? []), { language, text, by }]);
  }
  return found;
}

const sealName = (id: string, seq: number, language: string): string => `${id}:${seq}:${language}`;
