import type { Counts, District, Duty, Item, ListQuery, Me, Offer, Opened } from '../wire.ts';
import type { Text } from './text.ts';

export type ViewName = ListQuery['view'];
export type Mode = 'reply' | 'note';

/** A text on its way. Kept until the server has it, so that a retry carries the same `clientId`. */
export interface Outgoing {
  clientId: string;
  conversation: string;
  mode: Mode;
  text: string;
  state: 'sending' | 'failed';
  /** The last message when it was written: a worker's line after it with the same text is this one. */
  afterSeq: number;
}

/** Something the reader must know; `name` is a holder's name or a risk. */
export interface Notice {
  kind: keyof Text['notice'];
  name: string | null;
  /** A conversation to go to. */
  open?: string;
}

/** A promise found in what was just sent, to be kept as a reminder if the worker says so. */
export interface Proposal {
  conversation: string;
  seq: number;
  dueAt: string;
  text: string;
}

export interface InboxState {
  me: Me | null;
  counts: Counts | null;
  /** When my districts answer. */
  districts: readonly District[];
  duty: Duty | null;
  view: ViewName;
  district: string | null;
  items: Item[];
  /** Open offers: to the reader, of theirs, of their districts. */
  offers: Offer[];
  proposal: Proposal | null;
  next: string | null;
  list: 'loading' | 'ready' | 'failed';
  openId: string | null;
  opened: Opened | null;
  conversation: 'loading' | 'ready' | 'failed' | 'gone';
  mode: Mode;
  /** The mode was switched since the last send: the next one asks (F37). */
  armed: boolean;
  drafts: Readonly<Record<string, string>>;
  outgoing: readonly Outgoing[];
  /** A verb under way, so that it is not pressed twice. */
  busy: boolean;
  linkUp: boolean;
  /** Whether the last reading got an answer. */
  reachable: boolean;
  notice: Notice | null;
  /** A conversation in danger that has just come to wait; read out by screen readers. */
  alarm: Item | null;
}

export const initialState: InboxState = {
  me: null,
  counts: null,
  districts: [],
  duty: null,
  view: 'waiting',
  district: null,
  items: [],
  offers: [],
  proposal: null,
  next: null,
  list: 'loading',
  openId: null,
  opened: null,
  conversation: 'loading',
  mode: 'reply',
  armed: false,
  drafts: {},
  outgoing: [],
  busy: false,
  linkUp: true,
  reachable: true,
  notice: null,
  alarm: null,
};

export const draftKey = (conversation: string, mode: Mode): string => `${mode}:${conversation}`;

export type CannotSend = 'optedOut' | 'closed' | 'held' | 'free' | 'lost' | 'glass';

/** Why the open conversation cannot be answered right now, or null when it can. A note can always be written. */
export function cannotReply(opened: Opened): CannotSend | null {
  const { conversation, handover, claim } = opened;
  if (conversation.owner === 'closed') return 'closed';
  if (opened.glass) return 'glass';
  if (handover.optedOut) return 'optedOut';
  if (claim) return null;
  return conversation.owner === 'worker' ? 'held' : 'free';
}
