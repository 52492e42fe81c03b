import { and, asc, eq } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { message } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import { delivery } from '../../../db/schema/work.ts';
import type { Message } from '../wire.ts';
import type { Desk } from './desk.ts';
import { translationsOf } from './translations.ts';

/** A message as staff see it, and which approved topics it told of. */
export interface Read {
  shown: Message;
  topics: string[];
}

/** Every message of a conversation from the first, in order; none of one that has been erased. */
export async function messagesOf(desk: Desk, tx: Tx, row: ConversationRow): Promise<Read[]> {
  if (isErased(row)) return [];
  const key = desk.vault.unwrap(row);
  const rows = await tx
    .select({ m: message, name: worker.name, delivery })
    .from(message)
    .leftJoin(worker, eq(worker.id, message.workerId))
    .leftJoin(delivery, and(eq(delivery.conversationId, message.conversationId), eq(delivery.seq, message.seq)))
    .where(eq(message.conversationId, row.id))
    .orderBy(asc(message.seq));
  const translations = await translationsOf(desk, tx, row);
  return rows.map(({ m, name, delivery: sent }) => {
    const translated = translations.get(m.seq);
    return {
      topics: isUntold(m.answers) ? [] : (m.meta.topics ?? []),
      shown: {
        seq: m.seq,
        author: m.author,
        name: name ?? m.meta.workerName ?? null,
        text: desk.vault.open(key, m.body, `${row.id}:${m.seq}`),
        language: m.language,
        at: m.at.toISOString(),
        ...(m.meta.heard ? { heard: m.meta.heard } : {}),
        ...(m.answers ? { answers: m.answers } : {}),
        ...(sent ? { delivery: deliveryOf(sent) } : {}),
        ...(translated ? { translations: translated } : {}),
      },
    };
  });
}

const deliveryOf = ({ status, error, notBefore }: typeof delivery.$inferSelect): Message['delivery'] => ({
  status,
  ...(error ? { error } : {}),
  ...(notBefore && status === 'queued' ? { notBefore: notBefore.toISOString() } : {}),
});

/** Before the person chose to write openly nothing was told of what was heard. */
const isUntold = (answers: { id: string }[] | null) => answers?.some(({ id }) => id.startsWith('words:gate_')) === true;
