import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { append, type ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { message } from '../../../db/schema/conversation.ts';
import type { Approved, Message, ReplyBody } from '../wire.ts';
import { type Actor, asStaff, type Closing, type Desk, Refusal } from './desk.ts';
import { lockHeld, lockRow, markHandled } from './hold.ts';
import { itemOf } from './item.ts';
import { reachOf } from './reach.ts';
import { keepTranslation } from './translations.ts';

/**
 * Writes to the visitor as the holder. A repeat with the same client id gives the same message and sends nothing (F24).
 * @throws Refusal `not-found`, `not-holder`, `not-open`, `withdrawn`, `unreachable` when nothing can reach the person (F45).
 */
export async function reply(desk: Desk, actor: Actor, id: string, words: z.infer<typeof ReplyBody>): Promise<Message> {
  const { clientId, text, original } = words;
  const approved = words.answer ? await approvedFor(desk, actor, id, words.answer) : null;
  const answers = approved?.text === text ? { answers: [{ id: approved.id, version: approved.version }] } : {};
  const done = await asStaff(desk, actor, async (tx, closing) => {
    const known = await findSent(tx, actor, id, clientId);
    const row = known ? await lockRow(tx, id) : await lockHeld(tx, actor, id, words.claim);
    const now = known?.at ?? desk.clock();
    let seq = known?.seq;
    if (seq === undefined) {
      // Withdrawn while it stood in the box: it may hold a number that is wrong (A7).
      if (words.answer && !approved) throw new Refusal('withdrawn');
      seq = await sayAs(desk, tx, closing, actor, row, { clientId, text, ...answers });
      if (original) await keepTranslation(desk, tx, row, { seq, ...original });
    }
    const sent = known ? desk.vault.open(desk.vault.unwrap(row), known.body, `${id}:${seq}`) : text;
    return { row, seq, at: now, sent };
  });
  desk.announce(done.row);
  const delivery = done.row.channel === 'sms' ? { delivery: { status: 'queued' as const } } : {};
  return {
    seq: done.seq,
    author: 'worker',
    name: actor.name,
    text: done.sent,
    language: done.row.language,
    at: done.at.toISOString(),
    ...answers,
    ...delivery,
  };
}

/**
 * A worker's words in a conversation they hold, under its lock. @returns the message's seq.
 * @throws Refusal `unreachable` when nothing can reach the person (F45).
 */
export async function sayAs(
  desk: Desk,
  tx: Tx,
  closing: Closing,
  actor: Actor,
  row: ConversationRow,
  { clientId, ...words }: { clientId?: string; text: string; answers?: { id: string; version: number }[] },
): Promise<number> {
  if ((await reachOf(tx, row)).unreachable) throw new Refusal('unreachable');
  const meta = { workerName: actor.name };
  const by = { workerId: actor.id, ...(clientId === undefined ? {} : { clientId }) };
  const said = { author: 'worker' as const, ...words, language: row.language, ...by, meta };
  const { seq, deliveryId } = await append(tx, desk.vault, row, said, desk.clock());
  await markHandled(tx, row.id, desk.clock());
  closing.sms(deliveryId, row.id);
  closing.audit({ action: 'reply', conversationId: row.id, detail: { seq } });
  return seq;
}

/** What this worker has already sent under this id: given again even when the claim has been lost since. */
async function findSent(tx: Tx, actor: Actor, id: string, clientId: string) {
  const [known] = await tx
    .select({ seq: message.seq, at: message.at, body: message.body })
    .from(message)
    .where(and(eq(message.conversationId, id), eq(message.clientId, clientId), eq(message.workerId, actor.id)));
  return known ?? null;
}

/** The approved answer as it is said in this conversation now; null when it is not there any more. */
async function approvedFor(desk: Desk, actor: Actor, id: string, answer: string): Promise<Approved | null> {
  const { language, channel } = await asStaff(desk, actor, (tx) => itemOf(tx, actor, id));
  return (await desk.approved({ language, channel })).find((each) => each.id === answer) ?? null;
}
