import { and, eq, isNotNull, lt } from 'drizzle-orm';
import type { Db, Tx } from '../../../../db/client.ts';
import type { Phones } from '../../../../db/phones.ts';
import { message, phone } from '../../../../db/schema/conversation.ts';
import { delivery } from '../../../../db/schema/work.ts';
import type { Vault } from '../../../../db/vault.ts';
import { plainForSms, smsSize } from '../../../bot/words/gsm.ts';
import { factsOf, type Log } from '../../log.ts';
import { changeDelivery, type LockedDelivery, lockDelivery, type Place } from './delivery-row.ts';
import { type SendOutcome, storeOutcome } from './store-outcome.ts';
import { type OutgoingText, SmsError, type SmsProvider } from './vendor/provider.ts';

export interface SmsDeliverDeps {
  db: Db;
  vault: Vault;
  phones: Phones;
  /** Null when texting is off: what is due fails with `sms-off`. */
  provider: SmsProvider | null;
  clock(): Date;
  log: Log;
  /** Called after each commit that changed a delivery. */
  announce(place: Place): void;
}

/**
 * Sends one text, once. The row is moved to `sending` before the vendor is called; whoever finds it there afterwards knows that
 * a process died in between and that the text may have been taken: it becomes `unknown` and is not sent again (F30).
 * @returns a handler for the job `sms`; it throws SmsError `temporary` while trying again makes sense.
 */
export function createSmsDeliver(deps: SmsDeliverDeps): (deliveryId: string, lastTry: boolean) => Promise<void> {
  return async (deliveryId, lastTry) => {
    const task = await begin(deps, deliveryId, lastTry);
    if (!task) return;
    const outcome = await send(task.provider, task.text);
    const again = await storeOutcome(deps, deliveryId, task.attempt, outcome, lastTry);
    const code = 'code' in outcome ? outcome.code : null;
    deps.log.info('sms.send', { delivery: deliveryId, outcome: outcome.kind, code, attempt: task.attempt });
    if (again) throw new SmsError('temporary', code ?? 'again');
  };
}

interface Task {
  provider: SmsProvider;
  text: OutgoingText;
  attempt: number;
}

async function send(provider: SmsProvider, text: OutgoingText): Promise<SendOutcome> {
  try {
    const { providerId } = await provider.send(text);
    return { kind: 'accepted', providerId };
  } catch (error) {
    if (error instanceof SmsError) return { kind: error.kind, code: error.code };
    return { kind: 'unknown', code: 'internal' };
  }
}

/** Takes the row, or settles it when there is nothing to send. Nothing has left the house when this throws. */
async function begin(deps: SmsDeliverDeps, deliveryId: string, lastTry: boolean): Promise<Task | null> {
  const now = deps.clock();
  const taken = await deps.db.transaction(async (tx) => {
    const locked = await lockDelivery(tx, deliveryId);
    if (!locked) return null;
    const { status } = locked.delivery;
    const settle = async (to: 'failed' | 'refused' | 'unknown', error: string) => ({
      place: await changeDelivery(tx, locked, { status: to, error }, now),
      task: null,
    });
    if (status === 'sending') return settle('unknown', 'interrupted');
    if (status !== 'queued') return null;
    if (!deps.provider) return settle('failed', 'sms-off');
    const found = await addressOf(tx, deps, locked).catch((error: unknown) => {
      deps.log.error('sms.unreadable', { delivery: deliveryId, ...factsOf(error) });
      if (!lastTry) throw new SmsError('temporary', 'unreadable');
      return 'unreadable' as const;
    });
    if (found === 'opted-out') return settle('refused', found);
    if (typeof found === 'string') return settle('failed', found);
    const { held, ...words } = found;
    const notBefore = held ?? (await heldBefore(tx, locked));
    if (notBefore)
      return { place: await changeDelivery(tx, locked, { status, error: null, notBefore }, now), task: null };
    const attempt = locked.delivery.attempts + 1;
    const { parts } = smsSize(words.text);
    const change = { status: 'sending', error: null, attempts: attempt, provider: deps.provider.name, parts } as const;
    const place = await changeDelivery(tx, locked, change, now);
    const text = { ...words, reference: deliveryId };
    return { place, task: { provider: deps.provider, text, attempt } };
  });
  if (taken) deps.announce(taken.place);
  return taken?.task ?? null;
}

/** A text does not overtake one that still waits for the morning; the sweep lets both go, in order. */
async function heldBefore(tx: Tx, { delivery: mine }: LockedDelivery): Promise<Date | null> {
  const [earlier] = await tx
    .select({ notBefore: delivery.notBefore })
    .from(delivery)
    .where(
      and(
        eq(delivery.conversationId, mine.conversationId),
        lt(delivery.seq, mine.seq),
        eq(delivery.status, 'queued'),
        isNotNull(delivery.notBefore),
      ),
    )
    .limit(1);
  return earlier?.notBefore ?? null;
}

/** Number, words and until when they are held back, or why there is nobody to send to. A confirmation of STOP or START goes out in spite of the opt-out. */
async function addressOf(
  tx: Tx,
  { vault, phones, clock }: SmsDeliverDeps,
  { conversation, delivery: due }: LockedDelivery,
): Promise<{ to: string; text: string; held: Date | null } | 'opted-out' | 'no-number' | 'no-message'> {
  const [number] = await tx
    .select()
    .from(phone)
    .where(eq(phone.id, conversation.phoneId ?? ''))
    // A STOP that is being stored is waited for, and one that comes now waits for this: it is never passed (F45).
    .for('share');
  if (!number) return 'no-number';
  const [said] = await tx
    .select({ body: message.body, meta: message.meta })
    .from(message)
    .where(and(eq(message.conversationId, conversation.id), eq(message.seq, due.seq)));
  if (!said) return 'no-message';
  if (number.optedOutAt && !said.meta.keyword) return 'opted-out';
  const words = vault.open(vault.unwrap(conversation), said.body, `${conversation.id}:${due.seq}`);
  const held = heldUntil(clock(), { anyHour: number.anyHour, lastVisitorAt: conversation.lastVisitorAt });
  return { to: phones.numberOf(number), text: plainForSms(words), held };
}
