import type { TurnMeta } from './model/turn-meta.ts';

/** Risk levels in rising order (eval LABELS §2). A conversation's risk is only ever raised by what a visitor writes. */
export const RISKS = ['none', 'elevated', 'urgent', 'emergency'] as const;
export type Risk = (typeof RISKS)[number];

export const RISK_KINDS = [
  'suicide',
  'selfharm',
  'threat_to_others',
  'threatened',
  'weapon',
  'coercion_debt',
  'violence_ongoing',
  'recruitment',
  'extremism',
  'abuse_honour',
  'exit_wish',
  'missing',
  'overdose',
  'sexual_exploitation',
  'substance_use',
  'crime_victim',
  'distress',
] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

/** The higher of two levels. */
export const worse = (a: Risk, b: Risk): Risk => (RISKS.indexOf(a) >= RISKS.indexOf(b) ? a : b);
export const atLeast = (risk: Risk, floor: Risk): boolean => RISKS.indexOf(risk) >= RISKS.indexOf(floor);

export type Channel = 'web' | 'sms';

/** What one can tap before the first word: a young person's situations, then the doors of those who meet them at work. */
export const FIRST_WORDS = ['task', 'money', 'sibling', 'out', 'school', 'social', 'club', 'police'] as const;
export type FirstWord = (typeof FIRST_WORDS)[number];
export const isFirstWord = (id: unknown): id is FirstWord => FIRST_WORDS.some((known) => known === id);

/** Why a level was set, without any of the visitor's words: `rule` is the id of the rule that fired. */
export interface Reason {
  kind: RiskKind;
  level: Risk;
  rule: string;
}

export interface Triage {
  risk: Risk;
  kinds: RiskKind[];
  reasons: Reason[];
  /** The visitor asks for a person (eval LABELS §1 `wantsHuman`). */
  wantsHuman: boolean;
}

export interface AnswerRef {
  id: string;
  version: number;
  /** Language and version of the translation it was said from: `ar:1`. */
  translation?: string;
}

/** A suggested reply: shown as a button on the web (the title is sent back as text), as a numbered line in a text message. */
export interface Choice {
  id: string;
  title: string;
}

export interface Reply {
  /** One automatic message (F8). Paragraphs are parted by a blank line; the web chat shows each as a bubble of its own. */
  text: string;
  /** The approved texts it is made of. */
  answers: AnswerRef[];
  choices: Choice[];
}

/** What the dialogue remembers between turns. Ids and codes only, never the visitor's words: it is stored unencrypted. */
export interface DialogueState {
  /** Set when the first bot message has been sent in this episode. */
  welcomed?: boolean;
  /** The question the bot is waiting for an answer to. */
  asked?: 'district' | 'human' | 'topic' | 'keep' | null;
  /** The person has been told that names and numbers are hidden. */
  maskingTold?: boolean;
  /** The person has been told how to get a private link. */
  linkOffered?: boolean;
  /** Number of bot questions so far; at most four before a person or an answer (B3). */
  questions?: number;
  /** Topic ids offered or given last, best first. */
  topics?: string[];
  /** Choice ids of the last reply, so that "1" or "ja" can be understood. */
  choices?: string[];
  /** The danger kind whose safety text was given last. */
  danger?: RiskKind;
  /** Whether the danger was told about somebody else: a follow-up is answered in the same way. */
  about?: 'self' | 'other';
  /** The person asked for short replies or says the phone is watched. */
  brief?: boolean;
  /** Set by staff on hand-back so that the bot greets as the bot again (F5). */
  handedBack?: boolean;
  /** The person has said where they live, or that they would rather not. */
  districtKnown?: boolean;
  /** How: named, by postcode, in answer to our question, or that they would rather not. For whoever takes over. */
  placeFrom?: 'said' | 'postcode' | 'asked' | 'declined';
  /** Said no to being written to on this phone. */
  declined?: boolean;
  /** The place named last lies in another municipality. */
  outside?: boolean;
  /** Came through the door for those who meet young people at work. */
  professional?: boolean;
}

/**
 * Whether the person has chosen to be written to openly (DOMAIN 5.6): not asked yet, asked, chosen with these very messages
 * (which then hold everything they wrote before), or earlier. On the web it is always open.
 */
export type Gate = 'unasked' | 'asked' | 'opened' | 'open';

export type HandoffReason = 'asked' | 'danger' | 'failed';

export interface VisitorMessage {
  text: string;
  /** The message is one of our own sentences, tapped: what it means is known. */
  firstWord?: FirstWord;
  at: Date;
}

export interface Opening {
  open: boolean;
  /** Next time a person answers; null when it is open now or unknown. */
  opensAt: Date | null;
}

export interface TurnInput {
  channel: Channel;
  gate: Gate;
  /** The number has opted out, here or at the vendor: what is said will not arrive. */
  unreachable: boolean;
  /** The burst of messages this turn answers, oldest first; masked. */
  messages: VisitorMessage[];
  language: string;
  /** Highest risk so far in the conversation. */
  risk: Risk;
  /** District slug, `staden` for the city pool, or null when it is not known. */
  district: string | null;
  /** True while a person has been asked for or alarmed and nobody has taken over yet. */
  waiting: boolean;
  /** Conversations before this one in the same queue. */
  ahead: number;
  state: DialogueState;
  now: Date;
  /** A number or address that was hidden and put aside, and that nobody has said yes to yet. */
  field: 'phone' | 'address' | null;
  /** Topics whose answers the content owner has taken back; they are not said from that moment on. */
  withdrawn: readonly string[];
  /** Whether people answer for a district now, and else when; null: where no district is known. From the rows that route it [B18]. */
  opening(district: string | null): Opening;
}

/** What the bot wants to happen. Values only: the server decides whether it may still be said. */
export interface Outcome {
  /** At most one message per turn (F8); null means that nothing is said. */
  reply: Reply | null;
  state: DialogueState;
  language: string;
  district: string | null;
  triage: Triage;
  /** A typed action (F4). The reply's text is the line the visitor sees for the handoff (F3). */
  handoff: HandoffReason | null;
  topics: string[];
  /** What becomes of `TurnInput.field`: kept on a yes, destroyed on anything else. Absent: it is not decided in this turn. */
  keep?: boolean;
  /** How it was decided: codes only, kept on the reply (A7). */
  meta?: TurnMeta;
}
