import { z } from 'zod';
import type { FirstWord } from './outcome.ts';
import type { PanelWords, Words } from './widget/texts/texts.ts';

/** What crosses between the web chat's server and its clients: Direct Line 3.0 activities and the data of the chat page. */

const Tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/);

/** An activity from a client. Whatever else a standard client sends is left out: it is neither read nor kept. */
export const IncomingActivity = z.object({
  type: z.string().min(1).max(60),
  text: z.string().optional(),
  name: z.string().max(100).optional(),
  value: z.unknown().optional(),
  /** The language of the page or the browser: what a message is taken to be in that says too little to tell. */
  locale: z.string().max(40).optional().catch(undefined),
  channelData: z
    .object({
      /** The client's own id: a repeat stores nothing and gets the same answer (F24). */
      clientActivityID: z
        .string()
        .regex(/^[\x21-\x7e]{1,100}$/)
        .optional(),
      utvag: z
        .object({
          /** Set when the person chose a language, unlike `locale`, which clients fill in from the browser. */
          language: Tag.optional(),
          /** The text is one of the page's own sentences, tapped. */
          firstWord: z.string().max(40).optional(),
        })
        .optional(),
    })
    .optional(),
});
export type IncomingActivity = z.infer<typeof IncomingActivity>;
export const LanguageTag = Tag;

export type { FirstWord };

export type Author = 'visitor' | 'bot' | 'worker' | 'system';
export type Owner = 'bot' | 'waiting' | 'worker' | 'closed';

/** What our own activities say beyond Direct Line. */
export interface UtvagData {
  author: Author;
  language: string;
  owner?: Owner;
  /** The approved text the message is made of. */
  answer?: { id: string; version: number };
  /** An emergency has been heard in this conversation: 112 stays within reach. */
  danger?: true;
  /** With `owner: waiting`: how many wait before this person. */
  ahead?: number;
  /** With `owner: waiting`: when a person answers again (ISO 8601), when nobody does now. */
  opensAt?: string;
}

export interface OutgoingActivity {
  type: 'message' | 'event' | 'typing';
  id: string;
  timestamp: string;
  channelId: 'directline';
  conversation: { id: string };
  from: { id: string; name?: string; role: 'user' | 'bot' };
  text?: string;
  textFormat?: 'plain';
  locale?: string;
  name?: string;
  value?: string;
  suggestedActions?: { actions: { type: 'imBack'; title: string; value: string }[] };
  channelData: { utvag: UtvagData; clientActivityID?: string };
}

/** `watermark` is opaque: hand it back to read on from here. */
export interface ActivitySet {
  activities: OutgoingActivity[];
  watermark: string;
}

/** Answer of `tokens/generate`, `tokens/refresh` and, with `streamUrl`, of `conversations`. */
export interface Opened {
  conversationId: string;
  token: string;
  /** Seconds. */
  expires_in: number;
  streamUrl?: string;
  /** Only for those who ask: exchanged for a new token when the tab has slept longer than a token lives. */
  resumeKey?: string;
}

/** Of `tokens/generate` and `tokens/refresh`. Standard clients send other things, or nothing. */
export const TokenWish = z.object({ resumable: z.boolean().optional() }).catch({});

/** Of `conversations/resume`. */
export const ResumeRequest = z.union([
  z.object({ code: z.string().min(1).max(200) }),
  z.object({ resumeKey: z.string().min(1).max(2_000) }),
]);

/** `watermark`: where the conversation ends now, so that earlier messages can be left unread. */
export type Resumed = Opened & { watermark?: string };

/** What is kept of a conversation; the words themselves are in the chat. */
export interface Stored {
  messages: number;
  own: number;
  since: string | null;
  language: string | null;
  /** Null while the person has said none. */
  place: string | null;
  code: boolean;
  mayErase: boolean;
  /** Null when no day has been decided. */
  erasedOn: string | null;
}

/** A verified number from the contacts file, in the page's language. */
export interface ChatContact {
  name: string;
  number: string;
  detail?: string;
}

/** A sentence to tap before the first word; the title is sent as the message, the id beside it. */
export interface FirstWordButton {
  id: FirstWord;
  title: string;
}

/** What the page hands to the chat app, in one language. `contacts` begins with 112 and 114 14. */
export interface ChatData {
  language: string;
  /** Every language's own name, by tag. */
  languages: Readonly<Record<string, string>>;
  /** The calm card before anything is written; one short paragraph each. */
  card: string[];
  contacts: ChatContact[];
  /** Situations to tap before anything is written, in this language. */
  firstWords: FirstWordButton[];
  /** Where the quick exit goes. */
  exitUrl: string;
  /** Where the code of the panels is; fetched when one is opened. */
  panels: string;
  /** Where the code is that listens for what is said; fetched with the first word. */
  link: string;
  words: Words;
}

/** The panels' words in one language. */
export type PanelData = PanelWords & { unchecked: Unchecked | null; door: WorkDoor };

/** For those who meet young people at work: what this chat is not, how one reports, and their own first words. */
export interface WorkDoor {
  text: string;
  firstWords: FirstWordButton[];
}

/** What a translation says of itself while nobody who speaks the language has read it. */
export interface Unchecked {
  note: string;
  /** The sentences that matter most, in English. */
  english: string[];
}
