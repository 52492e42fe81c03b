import { and, eq, max } from 'drizzle-orm';
import type { Db, Tx } from '../../../../db/client.ts';
import type { Phones } from '../../../../db/phones.ts';
import { message, phone, conversation as talk } from '../../../../db/schema/conversation.ts';
import type { Vault } from '../../../../db/vault.ts';
import { plainForSms, smsSize } from '../../../bot/words/gsm.ts';
import type { PrivateLinks } from '../../auth/private-link.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { factsOf, type Log } from '../../log.ts';
import { LINK_PLACE } from '../../turn/give-link.ts';
import { changeDelivery, lockDelivery, type Place } from './delivery-row.ts';
import { type LockedDelivery, waitOf } from './next-in-line.ts';
import type { Pace } from './pace.ts';
import { heldUntil } from './safe-hours.ts';
import { type SendOutcome, storeOutcome } from './store-outcome.ts';
import { type OutgoingText, SmsError, type SmsProvider } from './vendor/provider.ts';

export interface SmsDeliverDeps {
  db: Db;
  vault: Vault;
  phones: Phones;
  links: PrivateLinks;
  /** Null when texting is off: what is due fails with `sms-off`. */
  provider: SmsProvider | null;
  /** Null: as fast as it goes. */
  pace: Pace | null;
  jobs: Pick<Jobs, 'sms'>;
  /** How long a text waits for the report on the one before it. */
  receiptWaitMs: number;
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
    // Looked at before the turn, so that none is wasted, and again after it: STOP may have come meanwhile.
    if (deps.pace && !(await begin(deps, deliveryId, lastTry, 'look'))) return;
    await deps.pace?.turn();
    const task = await begin(deps, deliveryId, lastTry, 'take');
    if (!task) return;
    const leave = () => send(task.provider, task.text);
    const outcome = await (deps.pace ? deps.pace.within(leave) : leave());
    const again = await storeOutcome(deps, deliveryId, task.attempt, outcome, lastTry);
    const code = 'code' in outcome ? outcome.code : null;
    if (code && TOO_FAST.has(code)) await deps.pace?.holdOff(HOLD_OFF_MS);
    deps.log.info('sms.send', { delivery: deliveryId, outcome: outcome.kind, code, attempt: task.attempt });
    if (again) throw new SmsError('temporary', code ?? 'again');
  };
}

const TOO_FAST = new Set(['http-429', '20429', '14107']);
const HOLD_OFF_MS = 1_000;

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

/** Takes the row, or settles it when there is nothing to send, or puts it off. Nothing has left the house when this throws. */
async function begin(
  deps: SmsDeliverDeps,
  deliveryId: string,
  lastTry: boolean,
  step: 'look' | 'take',
): Promise<Task | null> {
  const now = deps.clock();
  const taken = await deps.db.transaction(async (tx) => {
    const locked = await lockDelivery(tx, deliveryId);
    if (!locked) return null;
    const { status } = locked.delivery;
    const settle = async (to: 'failed' | 'refused' | 'unknown', error: string) => ({
      place: await changeDelivery(tx, deps.jobs, locked, { status: to, error }, now),
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
    const wait = await waitOf(tx, { locked, ...found, receiptWaitMs: deps.receiptWaitMs, now });
    if (wait?.kind === 'night') {
      const change = { status, error: null, notBefore: wait.until } as const;
      return { place: await changeDelivery(tx, deps.jobs, locked, change, now), task: null };
    }
    if (wait) {
      await deps.jobs.sms(tx, deliveryId, locked.conversation.id, wait.ms);
      return null;
    }
    const attempt = locked.delivery.attempts + 1;
    const text = { to: found.to, text: found.text, reference: deliveryId };
    const task = { provider: deps.provider, text, attempt };
    if (step === 'look') return { place: null, task };
    const { parts } = smsSize(text.text);
    const sending = { status: 'sending', error: null, attempts: attempt, notBefore: null, parts } as const;
    const change = { ...sending, provider: deps.provider.name };
    const place = await changeDelivery(tx, deps.jobs, locked, change, now);
    return { place, task };
  });
  if (taken?.place) deps.announce(taken.place);
  return taken?.task ?? null;
}

interface Addressed {
  to: string;
  text: string;
  /** Confirms a STOP or START: it goes out in spite of the opt-out, and first. */
  keyword: boolean;
  /** Until when the night holds it. */
  held: Date | null;
}

/** Number and words, or why there is nobody to send to. */
async function addressOf(
  tx: Tx,
  { vault, phones, links, clock }: SmsDeliverDeps,
  { conversation, delivery: due }: LockedDelivery,
): Promise<Addressed | 'opted-out' | 'no-number' | 'no-message'> {
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
  const written = vault.open(vault.unwrap(conversation), said.body, `${conversation.id}:${due.seq}`);
  const words = said.meta.link ? written.replace(LINK_PLACE, links.urlOf(said.meta.link)) : written;
  return {
    to: phones.numberOf(number),
    text: plainForSms(words),
    keyword: said.meta.keyword !== undefined,
    held: heldUntil(clock(), { anyHour: number.anyHour, lastVisitorAt: await lastWroteAt(tx, number.id) }),
  };
}

/** When they last wrote at all: whoever has begun a new conversation is awake for what is due from the one before. */
async function lastWroteAt(tx: Tx, phoneId: string): Promise<Date | null> {
  const [last] = await tx
    .select({ at: max(talk.lastVisitorAt) })
    .from(talk)
    .where(eq(talk.phoneId, phoneId));
  return last?.at ?? null;
}
