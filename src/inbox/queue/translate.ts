import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { conversation, message } from '../../../db/schema/conversation.ts';
import type { Translation } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustWork, Refusal, type Translator } from './desk.ts';
import { lockRow } from './hold.ts';
import { keepTranslation, translationsOf } from './translations.ts';

/**
 * One message in the worker's language, made by machine and kept beside the original. Asked for again it is the one that is kept.
 * @throws Refusal `not-allowed`, `not-found`, `erased`, `no-translation`.
 */
export async function translate(
  desk: Desk,
  actor: Actor,
  id: string,
  { seq, to }: { seq: number; to: string },
): Promise<Translation> {
  mustWork(actor);
  const { known, original } = await asStaff(desk, actor, async (tx) => {
    const row = await readable(tx, id);
    const [found] = await tx
      .select({ body: message.body })
      .from(message)
      .where(and(eq(message.conversationId, id), eq(message.seq, seq)));
    if (!found) throw new Refusal('not-found');
    const kept = (await translationsOf(desk, tx, row, seq)).get(seq) ?? [];
    return {
      known: kept.find(({ language }) => language === to),
      original: desk.vault.open(desk.vault.unwrap(row), found.body, `${id}:${seq}`),
    };
  });
  if (known) return known;
  // Outside any transaction: a model may take seconds.
  const { model, text } = await ask(desk.translator, original, to);
  await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    if (isErased(row)) throw new Refusal('erased');
    await keepTranslation(desk, tx, row, { seq, language: to, text, model });
    closing.audit({ action: 'translate', conversationId: id, detail: { seq, language: to, model } });
  });
  return { language: to, text, by: 'machine' };
}

/**
 * A reply that is not sent yet, in the person's language, with the line that says how it was made (W8). Nothing is kept.
 * @throws Refusal as `translate`.
 */
export async function translateDraft(desk: Desk, actor: Actor, id: string, text: string): Promise<Translation> {
  mustWork(actor);
  const { language, channel } = await asStaff(desk, actor, (tx) => readable(tx, id));
  const made = await ask(desk.translator, text, language);
  const line = desk.translator?.line({ language, channel }) ?? '';
  return { language, text: `${made.text}${channel === 'sms' ? ' ' : '\n\n'}${line}`, by: 'machine' };
}

async function readable(tx: Tx, id: string) {
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, id));
  if (!row) throw new Refusal('not-found');
  if (isErased(row)) throw new Refusal('erased');
  return row;
}

async function ask(translator: Translator | null, text: string, to: string): Promise<{ model: string; text: string }> {
  const made = await translator?.translate(text, to);
  if (!translator || !made) throw new Refusal('no-translation');
  return { model: translator.model, text: made };
}
