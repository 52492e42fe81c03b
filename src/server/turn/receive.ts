import { and, eq } from 'drizzle-orm';
import { append, type ConversationRow, record } from '../../../db/append.ts';
import { type Db, type Tx, together } from '../../../db/client.ts';
import { gateIn } from '../../../db/gate.ts';
import type { PhoneRow, Phones } from '../../../db/phones.ts';
import { given, prepared } from '../../../db/prepared.ts';
import { offerField } from '../../../db/protected.ts';
import { conversation, type MessageMeta, message } from '../../../db/schema/conversation.ts';
import type { FieldKind } from '../../../db/schema/protected.ts';
import type { Vault } from '../../../db/vault.ts';
import type { OwnWords } from '../../bot/dialogue/own-words.ts';
import type { Offer } from '../../bot/dialogue/picked-of.ts';
import { atLeast, type Channel, type FirstWord, RISKS, type Risk, type Triage, worse } from '../../bot/outcome.ts';
import type { Masked } from '../../bot/words/mask.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import { type Hub, tellChanged } from '../realtime/hub.ts';
import { lockEpisode, lockOpen, type Sender } from './episode.ts';
import { type CameIn, heardBefore, remember } from './heard-before.ts';
import { applyToPhone, type Switch, type SwitchDeps, turnsTexts } from './switches.ts';
import { talksToMachine } from './talks-to-machine.ts';

/** One shape for all channels (DESIGN §3). */
export interface Inbound {
  sender: Sender;
  /** The provider's message id, or the web client's id within its thread; null when the client gave none. */
  externalId: string | null;
  text: string;
  /** Language the client asks for, as a tag. */
  language?: string;
  /** When the vendor says that it was sent. */
  sentAt?: Date;
  /** Language of the client's page: of a first message that says too little to tell. */
  locale?: string;
  /** The text is said to be one of our own sentences, tapped. */
  firstWord?: FirstWord;
  /** An SMS keyword: the provider's own rules must not answer instead of us (F46). */
  keyword?: Switch;
  blockedByVendor?: boolean;
  /** They ask for the private link. It is given once they can be written to openly, and is a text like any other before. */
  wantsLink?: boolean;
  /** The provider's word for all repeats of one hand-over, when it has one. */
  retryToken?: string;
}

export interface Received {
  conversationId: string;
  threadId: string;
  episode: number;
  seq: number;
  /** True when this message was already stored: nothing was done again (F23). */
  duplicate: boolean;
}

export type Receive = (inbound: Inbound) => Promise<Received>;

type SwitchEars = SwitchDeps['ears'];

/** What the bot's ears give: pure functions, so a received message is masked and triaged before it is committed. */
export interface Ears extends SwitchEars {
  mask(text: string): Masked;
  triage(text: string, context: { risk: Risk; channel: Channel }): Triage;
  /** Where the words stand that make a text this grave, as UTF-16 offsets. */
  telling(text: string, level: Risk): [from: number, to: number][];
  language(text: string, previous: string): string;
  /** What a button's words mean, and their language; null when the text is the writer's own. */
  ownWords(text: string, offer: Offer, firstWord?: FirstWord): OwnWords | null;
}

export interface ReceiveDeps {
  db: Db;
  vault: Vault;
  phones: Phones;
  hub: Pick<Hub, 'publish'>;
  jobs: Jobs & { wake(): void };
  log: Log;
  ears: Ears;
  /** Texts the private link; missing where there is none. */
  giveLink?(tx: Tx, row: ConversationRow, now: Date): Promise<void>;
  /** Called after the commit: a turn is due at that time. */
  wake(conversationId: string, dueAt: Date): void;
  clock(): Date;
  burst: { waitMs: number; capMs: number };
}

/** Stores an inbound message once and notes the turn it is owed; returns after the commit, so that the caller may acknowledge. */
export function createReceive(deps: ReceiveDeps): Receive {
  return async (inbound) => {
    const now = deps.clock();
    const masked = deps.ears.mask(inbound.text);
    const { row, seq, duplicate, due, texts } = await deps.db.transaction((tx) =>
      store(deps, tx, inbound, masked, now),
    );
    if (!duplicate) {
      tellChanged(deps.hub, row.threadId, row.district);
      if (due) deps.wake(row.id, due);
      if (texts) deps.jobs.wake();
    }
    return { conversationId: row.id, threadId: row.threadId, episode: row.episode, seq, duplicate };
  };
}

interface Stored {
  row: ConversationRow;
  seq: number;
  duplicate: boolean;
  due: Date | null;
  /** Texts may leave because of it. */
  texts: boolean;
}

/** What is looked at together and what is written together goes to the database together: the sender waits for the round trips. */
async function store(deps: ReceiveDeps, tx: Tx, inbound: Inbound, masked: Masked, now: Date): Promise<Stored> {
  const { text } = masked;
  const { sender } = inbound;
  const externalId = scoped(inbound);
  const open = await lockOpen(tx, deps.phones, sender);
  // Before anything is opened: a repeat must not open a conversation or bring back a number that has been destroyed.
  const early = open ? null : await findKnown(tx, sender, externalId);
  if (early) return { ...early, ...REPEATED };
  const first = () => inbound.language ?? deps.ears.language(text, inbound.locale ?? 'sv');
  const { row, from } = open ?? (await lockEpisode(tx, deps.vault, deps.phones, sender, first(), now));
  const { state, channel } = row;
  const offer = { state, channel, language: row.language, now, withdrawn: [] };
  const ours = deps.ears.ownWords(text, offer, inbound.firstWord);
  const language = ours?.language ?? inbound.language ?? deps.ears.language(text, row.language);
  const triage = ours?.triage ?? deps.ears.triage(text, { risk: row.risk, channel });
  const [known, repeat, machine] = await together(
    findKnown(tx, sender, externalId),
    isRepeat(deps, tx, row, from, inbound, now),
    machineIn(deps, tx, row, text, triage, now),
  );
  if (known) return { ...known, ...REPEATED };
  if (repeat) return { row, seq: row.lastSeq, ...REPEATED };
  if (machine) deps.log.warn('sms.machine', { conversation: row.id, code: machine });
  const getsLink = inbound.wantsLink === true && from !== null && gateIn(from) === 'open' && !from.optedOutAt;
  const answered = row.owner === 'worker' || inbound.keyword !== undefined || getsLink || machine !== null;
  const due = answered ? null : dueAt(deps, row, triage.risk, now);
  const sent = inbound.sentAt ? { sentAt: inbound.sentAt.toISOString() } : {};
  const meta = { ...(ours ? tapped(ours) : heardIn(deps.ears, text, triage.risk)), ...sent };
  const words = { author: 'visitor' as const, text, language, handled: answered, meta };
  const said = { ...words, ...(externalId ? { externalId } : {}) };
  const [{ seq }, texts] = await together(
    append(tx, deps.vault, row, said, now, changeIn(row, triage, due, language, now)),
    from ? applyToPhone(deps, tx, row, from, { ...inbound, text, language }, now) : 0,
    sender.channel === 'sms' ? remember(tx, deps.phones, row, cameIn(sender, inbound), now) : null,
    isRaised(row, triage) ? record(tx, { ...row, version: row.version + 1 }, 'risk', now) : null,
  );
  if (getsLink) await deps.giveLink?.(tx, { ...row, language }, now);
  const field = fieldIn(masked, triage, row);
  if (field) await offerField(tx, deps.vault, row.id, field, now);
  return { row, seq, duplicate: false, due, texts: texts > 0 || getsLink };
}

const REPEATED = { duplicate: true, due: null, texts: false };

const tapped = ({ firstWord }: OwnWords): MessageMeta => (firstWord ? { firstWord } : {});

const heardIn = (ears: Ears, text: string, level: Risk): MessageMeta =>
  level === 'none' ? {} : { heard: { level, spans: ears.telling(text, level) } };

/** What a human may need for a rescue or a call; everything else that was masked is gone (eval LABELS §8). */
function fieldIn({ first }: Masked, triage: Triage, row: ConversationRow): { kind: FieldKind; value: string } | null {
  const alarmed = atLeast(worse(triage.risk, row.risk), 'emergency');
  if (first.address !== undefined && alarmed) return { kind: 'address', value: first.address };
  const wanted = triage.wantsHuman || row.owner !== 'bot';
  return first.phone !== undefined && wanted ? { kind: 'phone', value: first.phone } : null;
}

/** A web client's ids are only unique within its own thread. */
const scoped = ({ sender, externalId }: Inbound): string | null =>
  externalId !== null && sender.channel === 'web' ? `${sender.threadId}:${externalId}` : externalId;

async function findKnown(
  tx: Tx,
  { channel }: Sender,
  externalId: string | null,
): Promise<{ row: ConversationRow; seq: number } | null> {
  if (externalId === null) return null;
  const [known] = await findMessage(tx, { channel, externalId });
  return known ?? null;
}

const findMessage = prepared((db) =>
  db
    .select({ row: conversation, seq: message.seq })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(
      and(
        eq(message.channel, given('channel', message.channel)),
        eq(message.externalId, given('externalId', message.externalId)),
      ),
    ),
);

const cameIn = ({ number }: { number: string }, { text, retryToken }: Inbound): CameIn => ({
  number,
  text,
  retryToken: retryToken ?? null,
});

async function isRepeat(
  deps: ReceiveDeps,
  tx: Tx,
  row: ConversationRow,
  from: PhoneRow | null,
  inbound: Inbound,
  now: Date,
) {
  const { sender } = inbound;
  if (sender.channel !== 'sms' || (from && turnsTexts(inbound, from))) return false;
  return heardBefore(tx, deps.phones, row, cameIn(sender, inbound), now);
}

/** Danger in these very words is answered whoever they come from. */
async function machineIn(deps: ReceiveDeps, tx: Tx, row: ConversationRow, text: string, triage: Triage, now: Date) {
  if (row.channel !== 'sms' || triage.reasons.some(({ level }) => atLeast(level, 'urgent'))) return null;
  return talksToMachine(tx, deps.vault, row, text, now);
}

/** A burst becomes one turn: each message extends the wait up to a cap; danger does not wait (F25). */
function dueAt(deps: ReceiveDeps, row: ConversationRow, risk: Risk, now: Date): Date {
  if (atLeast(risk, 'urgent')) return now;
  const since = row.turnSince ?? now;
  return new Date(Math.min(now.getTime() + deps.burst.waitMs, since.getTime() + deps.burst.capMs));
}

const isRaised = (row: ConversationRow, { risk }: Triage): boolean => RISKS.indexOf(risk) > RISKS.indexOf(row.risk);

/** What a message changes in its conversation. */
function changeIn(row: ConversationRow, triage: Triage, due: Date | null, language: string, now: Date) {
  const fresh = triage.reasons.filter((r) => !row.reasons.some((k) => k.kind === r.kind && k.level === r.level));
  return {
    ...(due ? { turnDueAt: due, turnSince: row.turnSince ?? now } : {}),
    // The language last written is answered, by whoever answers (F50).
    language,
    risk: worse(row.risk, triage.risk),
    reasons: [...row.reasons, ...fresh].slice(0, 40),
    version: row.version + (isRaised(row, triage) ? 1 : 0),
  };
}
