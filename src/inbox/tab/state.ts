import type {
  Counts,
  District,
  Duty,
  Filters,
  Item,
  ListQuery,
  Me,
  Offer,
  Opened,
  Unreachable,
  Writing,
} from '../wire.ts';
import type { Extra } from './extras.ts';
import type { Text } from './text.ts';

export type ViewName = ListQuery['view'];
export type Mode = 'reply' | 'note';

/** A text on its way. Kept until the server has it, so that a retry carries the same `clientId`. */
export interface Outgoing {
  clientId: string;
  conversation: string;
  mode: Mode;
  text: string;
  /** The approved answer it is, word for word. */
  answer?: string | undefined;
  /** What the worker wrote, when a machine has translated it. */
  original?: Extra['original'];
  state: 'sending' | 'failed';
  /** The last message when it was written: a worker's line after it with the same text is this one. */
  afterSeq: number;
}

/** Something the reader must know; `name` is a holder's. */
export interface Notice {
  kind: keyof Text['notice'];
  name: string | null;
  /** A conversation to go to. */
  open?: string;
}

/** A conversation somebody must look at now: red and waiting, or graver than when its holder last looked. */
export interface Alarm {
  kind: 'waiting' | 'raised';
  item: Item;
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
  filters: Filters;
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
  /** By conversation: what belongs to its unsent reply. */
  extras: Readonly<Record<string, Extra>>;
  /** What the service can help with; null until it is known. */
  writing: Writing | null;
  /** A translation is under way. */
  translating: boolean;
  /** Somebody writes in a conversation; over when a message of theirs after `afterSeq` has come. */
  typing: { conversation: string; afterSeq: number } | null;
  /** Violent words are blurred; `revealed`: not in the conversation that is open now. */
  blur: boolean;
  revealed: boolean;
  outgoing: readonly Outgoing[];
  /** A verb under way, so that it is not pressed twice. */
  busy: boolean;
  linkUp: boolean;
  /** Whether the last reading got an answer. */
  reachable: boolean;
  notice: Notice | null;
  /** What the reader must look at, the gravest first. */
  alarms: readonly Alarm[];
  /** Alarms are heard too, in this browser tab. */
  sound: boolean;
  /** Single keys act; WCAG 2.1.4 asks that they can be turned off. */
  shortcuts: boolean;
}

export const initialState: InboxState = {
  me: null,
  counts: null,
  districts: [],
  duty: null,
  view: 'waiting',
  filters: {},
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
  extras: {},
  writing: null,
  translating: false,
  typing: null,
  blur: false,
  revealed: false,
  outgoing: [],
  busy: false,
  linkUp: true,
  reachable: true,
  notice: null,
  alarms: [],
  sound: false,
  shortcuts: true,
};

export const draftKey = (conversation: string, mode: Mode): string => `${mode}:${conversation}`;

export type CannotSend = Unreachable | 'closed' | 'held' | 'free' | 'lost' | 'glass';

/** Why the open conversation cannot be answered right now, or null when it can. A note can always be written. */
export function cannotReply(opened: Opened): CannotSend | null {
  const { conversation, handover, claim } = opened;
  if (handover.unreachable === 'erased') return 'erased';
  if (conversation.owner === 'closed') return 'closed';
  if (opened.glass) return 'glass';
  if (handover.unreachable) return handover.unreachable;
  if (claim) return null;
  return conversation.owner === 'worker' ? 'held' : 'free';
}

/** What no taking over can change: there is nobody to write to. */
export const isFinal = (why: CannotSend | null): boolean =>
  why === 'closed' || why === 'erased' || why === 'opted-out' || why === 'no-number';

/** The seq of the person's last message, 0 before their first. */
export const lastFromVisitor = ({ messages }: Opened): number =>
  messages.findLast(({ author }) => author === 'visitor')?.seq ?? 0;
