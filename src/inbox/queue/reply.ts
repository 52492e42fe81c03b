import { and, eq } from 'drizzle-orm';
import { append, type ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { message, phone } from '../../../db/schema/conversation.ts';
import type { Message } from '../wire.ts';
import { type Actor, asStaff, type Closing, type Desk, Refusal } from './desk.ts';
import { lockHeld, lockRow, markHandled } from './hold.ts';

/**
 * Writes to the visitor as the holder. A repeat with the same client id gives the same message and sends nothing (F24).
 * @throws Refusal `not-found`, `not-holder`, `not-open`, `unreachable` when the number has opted out (F45).
 */
export async function reply(
  desk: Desk,
  actor: Actor,
  id: string,
  words: { claim: string; clientId: string; text: string },
): Promise<Message> {
  const { clientId, text } = words;
  const done = await asStaff(desk, actor, async (tx, closing) => {
    const known = await findSent(tx, actor, id, clientId);
    const row = known ? await lockRow(tx, id) : await lockHeld(tx, actor, id, words.claim);
    const now = known?.at ?? desk.clock();
    let seq = known?.seq;
    if (seq === undefined) {
      seq = await sayAs(desk, tx, closing, actor, row, { clientId, text });
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
    ...delivery,
  };
}

/**
 * A worker's words in a conversation they hold, under its lock. @returns the message's seq.
 * @throws Refusal `unreachable` when the number has opted out (F45).
 */
export async function sayAs(
  desk: Desk,
  tx: Tx,
  closing: Closing,
  actor: Actor,
  row: ConversationRow,
  { clientId, text }: { clientId?: string; text: string },
): Promise<number> {
  if (await optedOut(tx, row)) throw new Refusal('unreachable');
  const meta = { workerName: actor.name };
  const by = { workerId: actor.id, ...(clientId === undefined ? {} : { clientId }) };
  const said = { author: 'worker' as const, text, language: row.language, ...by, meta };
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

async function optedOut(tx: Tx, row: ConversationRow): Promise<boolean> {
  if (!row.phoneId || row.channel !== 'sms') return false;
  const [p] = await tx.select({ at: phone.optedOutAt }).from(phone).where(eq(phone.id, row.phoneId));
  return p?.at != null;
}
