import { eq } from 'drizzle-orm';
import { append, type ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { cancelDue, releaseHeld } from '../../../db/deliveries.ts';
import { gateIn } from '../../../db/gate.ts';
import type { PhoneRow } from '../../../db/phones.ts';
import { phone } from '../../../db/schema/conversation.ts';
import type { Vault } from '../../../db/vault.ts';
import type { Jobs } from '../jobs/jobs.ts';

/** Words that change what is sent to a number: STOP and START, and whether texts may come at night. */
export type Switch = 'stop' | 'start' | 'night' | 'day';

export interface SwitchDeps {
  vault: Vault;
  jobs: Jobs;
  ears: {
    /** Whether a text answers "may we write here?" (DOMAIN 5.6). */
    consent(text: string, language: string): 'yes' | 'no' | null;
    /** Texts of the confirmations. */
    keywordReply(keyword: Switch, language: string): { text: string; id: string };
  };
}

export interface Texted {
  text: string;
  language: string;
  keyword?: Switch;
  /** The vendor has taken the text for its own STOP: nothing can be sent there any more (F45). */
  blockedByVendor?: boolean;
}

/**
 * What a text changes about its number, in the transaction that stores it: STOP silences it at once and for all that is due,
 * START opens it again, a yes opens the gate, and any word of theirs lets go of what was held back for the night.
 * @returns how many texts may leave because of it.
 */
export async function applyToPhone(
  deps: SwitchDeps,
  tx: Tx,
  row: ConversationRow,
  from: PhoneRow,
  said: Texted,
  now: Date,
): Promise<number> {
  const change = (set: Partial<typeof phone.$inferInsert>) => tx.update(phone).set(set).where(eq(phone.id, from.id));
  if (stops(said) && !from.optedOutAt) {
    // Deliveries before the number, in the order in which one that leaves locks them.
    await cancelDue(tx, from.id, now);
    await change({ optedOutAt: now });
  }
  if (said.keyword === 'start' && from.optedOutAt) await change({ optedOutAt: null });
  if (said.keyword === 'night') await change({ anyHour: true });
  if (said.keyword === 'day') await change({ anyHour: false });
  const confirms = said.keyword && !said.blockedByVendor && isNews(said.keyword, from);
  if (confirms) await confirm(deps, tx, row, said, now);
  if (!said.keyword && gateIn(from) === 'asked' && deps.ears.consent(said.text, said.language) === 'yes')
    await change({ openSince: now });
  const held = await releaseHeld(tx, { phoneId: from.id }, now);
  for (const { id, conversationId } of held) await deps.jobs.sms(tx, id, conversationId);
  return held.length + (confirms ? 1 : 0);
}

const stops = ({ keyword, blockedByVendor }: Pick<Texted, 'keyword' | 'blockedByVendor'>): boolean =>
  keyword === 'stop' || blockedByVendor === true;

/** Whether a text silences the number or opens it again: such a one is heard, however much it looks like a repeat (F45). */
export const turnsTexts = (said: Pick<Texted, 'keyword' | 'blockedByVendor'>, { optedOutAt }: PhoneRow): boolean =>
  optedOutAt === null ? stops(said) : said.keyword === 'start';

/** STOP, START and the hours are confirmed once, not every time they are written (F45). */
const isNews = (word: Switch, { optedOutAt, anyHour }: PhoneRow): boolean =>
  word === 'stop'
    ? !optedOutAt
    : word === 'start'
      ? optedOutAt !== null
      : !optedOutAt && anyHour !== (word === 'night');

async function confirm(deps: SwitchDeps, tx: Tx, row: ConversationRow, said: Texted, now: Date): Promise<void> {
  const word = said.keyword;
  if (!word) return;
  const reply = deps.ears.keywordReply(word, said.language);
  // Only what confirms STOP and START passes a STOP.
  const meta = word === 'stop' || word === 'start' ? { topics: ['sms-stop'], keyword: word } : {};
  const answers = [{ id: reply.id, version: 1 }];
  const words = { author: 'system' as const, text: reply.text, language: said.language, meta, answers };
  const { deliveryId } = await append(tx, deps.vault, row, words, now);
  if (deliveryId) await deps.jobs.sms(tx, deliveryId, row.id);
}
