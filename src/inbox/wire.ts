import { z } from 'zod';
import { Language } from './wire-bodies.ts';
import { ALERTS, CHANNELS, GLASS_REASONS, PLACE_SOURCES, TRANSFER_STATES, UNREACHABLE, VIEWS } from './wire-codes.ts';

export * from './wire-bodies.ts';
export * from './wire-codes.ts';

/** What crosses between the staff API and the tab. No text of a help-seeker outside `Message` and `Note`. */
export const Owner = z.enum(['bot', 'waiting', 'worker', 'closed']);
export const Risk = z.enum(['none', 'elevated', 'urgent', 'emergency']);
export const View = z.enum(VIEWS);
export const Reason = z.object({ kind: z.string(), level: Risk, rule: z.string() });

export const Item = z.object({
  id: z.string(),
  channel: z.enum(CHANNELS),
  /** Somebody who texts is "Anhörig 27" to staff: a number of ours, nothing of theirs. */
  contactNo: z.number().int().nullable(),
  language: z.string(),
  district: z.string(),
  owner: Owner,
  risk: Risk,
  reasons: z.array(Reason),
  waitingSince: z.iso.datetime().nullable(),
  lastVisitorAt: z.iso.datetime().nullable(),
  worker: z.object({ id: z.string(), name: z.string() }).nullable(),
  unread: z.number().int(),
  /** When a promise that is not kept yet fell due. */
  reminded: z.iso.datetime().nullable(),
  version: z.number().int(),
});
export type Item = z.infer<typeof Item>;

export const Page = z.object({ items: z.array(Item), next: z.string().nullable() });
export type Page = z.infer<typeof Page>;

export const Delivery = z.object({
  status: z.enum(['queued', 'sending', 'sent', 'delivered', 'failed', 'refused', 'unknown']),
  error: z.string().optional(),
  /** Held back until then: no texts at night (DOMAIN 5.6). */
  notBefore: z.iso.datetime().optional(),
});

/** The same words in another language. By a worker: what they wrote, and the message itself was made from it by machine. */
export const Translation = z.object({ language: z.string(), text: z.string(), by: z.enum(['machine', 'worker']) });
export type Translation = z.infer<typeof Translation>;

export const Message = z.object({
  seq: z.number().int(),
  author: z.enum(['visitor', 'bot', 'worker', 'system']),
  /** First name or alias of the worker who wrote it. */
  name: z.string().nullable(),
  text: z.string(),
  language: z.string(),
  at: z.iso.datetime(),
  /** Heard as grave by the machine, and where the words stand that made it so (UTF-16 offsets). */
  heard: z.object({ level: Risk, spans: z.array(z.tuple([z.number().int(), z.number().int()])) }).optional(),
  answers: z.array(z.object({ id: z.string(), version: z.number() })).optional(),
  delivery: Delivery.optional(),
  translations: z.array(Translation).optional(),
});
export type Message = z.infer<typeof Message>;

export const Note = z.object({ id: z.string(), worker: z.string(), text: z.string(), at: z.iso.datetime() });
export type Note = z.infer<typeof Note>;

const Person = z.object({ id: z.string(), name: z.string() });

/** An offer to take a conversation over. Content-free: all that the other side knows before they accept. */
export const Offer = z.object({
  id: z.string(),
  conversation: z.string(),
  state: z.enum(TRANSFER_STATES),
  fromDistrict: z.string(),
  fromDistrictName: z.string(),
  toDistrict: z.string(),
  toDistrictName: z.string(),
  from: Person,
  /** A colleague by name; null: anyone in the district. */
  to: Person.nullable(),
  channel: z.enum(CHANNELS),
  language: z.string(),
  risk: Risk,
  offeredAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Whether the reader may accept or decline it. */
  toMe: z.boolean(),
});
export type Offer = z.infer<typeof Offer>;

/** Reading across districts: why, since when and until when. */
export const Glass = z.object({
  reason: z.enum(GLASS_REASONS),
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Glass = z.infer<typeof Glass>;

/** Through whose hands, or before whose eyes, it went. `by` decided, took or read; `reason` is a code. */
export const TrailLine = z.object({
  kind: z.enum([...TRANSFER_STATES, 'glass']),
  at: z.iso.datetime(),
  from: z.string().nullable(),
  by: z.string().nullable(),
  district: z.string().nullable(),
  reason: z.string().nullable(),
  until: z.iso.datetime().nullable(),
});
export type TrailLine = z.infer<typeof TrailLine>;

/** What a worker has promised and nobody has marked as done. */
export const Reminder = z.object({
  id: z.string(),
  worker: z.string(),
  text: z.string(),
  dueAt: z.iso.datetime(),
  /** The message that made the promise. */
  seq: z.number().int().nullable(),
});
export type Reminder = z.infer<typeof Reminder>;

/** What the person who takes over needs to know at a glance. Made by machine, and said so. */
export const Handover = z.object({
  reasons: z.array(Reason),
  /** Ids of approved topics the bot has answered. */
  topics: z.array(z.string()),
  /** Name of the worker who held it before, if it came back to the queue. */
  previousWorker: z.string().nullable(),
  episode: z.number().int(),
  unreachable: z.enum(UNREACHABLE).nullable(),
  /** Messages that say what was asked: their first real words, and their last question. */
  asked: z.array(z.number().int()),
  /** The message that told of the duty to report; null: it has not been said. */
  warned: z.number().int().nullable(),
  placeFrom: z.enum(PLACE_SOURCES),
  /** Name of the closed district that the city pool answers for. */
  coveredFor: z.string().nullable(),
  /** When they left the chat, if they have not written since. */
  leftAt: z.iso.datetime().nullable(),
  /** Whether the person has chosen to be written to openly; on the web always `open`. */
  gate: z.enum(['unasked', 'asked', 'open']),
  /** A number or address that was put aside; `kept` once the person has said yes. Its value is asked for apart. */
  field: z.object({ kind: z.enum(['phone', 'address']), kept: z.boolean() }).nullable(),
  /** Nothing erases it, whatever the schedule or the person says. */
  legalHold: z.boolean(),
  outcome: z.string().nullable(),
  /** The open offer; `visitorSaysNo`: they were asked, and wrote a no. Nothing follows from it by itself. */
  offer: Offer.extend({ visitorSaysNo: z.boolean() }).nullable(),
  trail: z.array(TrailLine),
  promised: z.array(Reminder),
});
export type Handover = z.infer<typeof Handover>;

export const Opened = z.object({
  conversation: Item,
  messages: z.array(Message),
  notes: z.array(Note),
  handover: Handover,
  /** The claim token, only when the reader holds the conversation. */
  claim: z.string().nullable(),
  /** Set when it is read through a broken glass: reading is all that is possible then. */
  glass: Glass.nullable(),
});
export type Opened = z.infer<typeof Opened>;

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['worker', 'coordinator', 'editor', 'admin']),
  districts: z.array(z.object({ slug: z.string(), name: z.string() })),
});
export type Me = z.infer<typeof Me>;

/** `until`: on duty until then; null: off duty, and nobody's alert reaches them. */
export const Duty = z.object({ until: z.iso.datetime().nullable(), alerts: z.enum(ALERTS) });
export type Duty = z.infer<typeof Duty>;
export const DutyBody = z.object({ until: z.iso.datetime().nullable(), alerts: Duty.shape.alerts.optional() });
export type DutyBody = z.infer<typeof DutyBody>;

const Spans = z.array(z.tuple([z.string(), z.string()]));
const Days = z.record(z.string(), Spans);
export const District = z.object({
  slug: z.string(),
  name: z.string(),
  /** Whether its own people answer now, until when, and else from when; null: nobody knows. */
  open: z.boolean(),
  until: z.iso.datetime().nullable(),
  opensAt: z.iso.datetime().nullable(),
  /** The city pool answers for it meanwhile. */
  pool: z.boolean(),
  /** Null: nobody has given its hours, so it counts as closed (F52). */
  hours: z
    .object({ week: z.partialRecord(z.string(), Spans), holidays: Spans, exceptions: Days, cityDays: Days })
    .nullable(),
  /** The reader may change its hours. */
  mine: z.boolean(),
});
export type District = z.infer<typeof District>;
export const Districts = z.object({ items: z.array(District) });

export const Counts = z.object({
  waiting: z.number().int(),
  mine: z.number().int(),
  team: z.number().int(),
  longestWaitSince: z.iso.datetime().nullable(),
});
export type Counts = z.infer<typeof Counts>;

export const ListQuery = z.object({
  view: View.default('waiting'),
  district: z.string().max(40).optional(),
  channel: Item.shape.channel.optional(),
  language: z
    .string()
    .regex(/^[A-Za-z-]{2,20}$/)
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListQuery = z.infer<typeof ListQuery>;
/** What of a view is shown; without any, all that may be read. */
export type Filters = Pick<ListQuery, 'district' | 'channel' | 'language'>;

export const Colleagues = z.object({
  districts: z.array(z.object({ slug: z.string(), name: z.string() })),
  /** One line for each of a colleague's districts. */
  workers: z.array(Person.extend({ district: z.string() })),
});
export type Colleagues = z.infer<typeof Colleagues>;

export const AuditQuery = z.object({ conversation: z.string().max(80) });
/** Codes, ids and counts; `name` is null for the service itself. */
export const AuditLine = z.object({
  at: z.iso.datetime(),
  actor: z.string(),
  name: z.string().nullable(),
  action: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditLine = z.infer<typeof AuditLine>;

export const ProtectedField = z.object({ kind: z.enum(['phone', 'address']), value: z.string() });
export type ProtectedField = z.infer<typeof ProtectedField>;

export const Claimed = z.object({ claim: z.string(), conversation: Item });
export type Claimed = z.infer<typeof Claimed>;

export const ApprovedQuery = z.object({
  language: Language.default('sv'),
  channel: Item.shape.channel.default('web'),
});
export type ApprovedQuery = z.infer<typeof ApprovedQuery>;
/** An approved answer as it would be said now. `original`: the Swedish text, where it is said in another language. */
export const Approved = z.object({
  id: z.string(),
  version: z.number().int(),
  text: z.string(),
  /** A translation that no native reader has approved yet. */
  draft: z.boolean(),
  original: z.string().nullable(),
});
export type Approved = z.infer<typeof Approved>;

/** What helps a worker: whether a machine can translate, which signs a text message is folded to (F47), what topics are called. */
export const Writing = z.object({
  translates: z.boolean(),
  fold: z.record(z.string(), z.string()),
  titles: z.record(z.string(), z.object({ sv: z.string(), en: z.string() })),
});
export type Writing = z.infer<typeof Writing>;

/** RFC 9457. `holder` is set when somebody else has the conversation. */
export const ProblemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  holder: z.string().optional(),
  /** Where to go instead: the person's newer conversation. */
  conversation: z.string().optional(),
  /** Why a verb was refused, as a code: held, not-holder, not-open, unreachable, offered, no-offer … */
  reason: z.string().optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

/** A line of the live stream: something changed, read again. The SSE id is a cursor for `Last-Event-ID`. */
export const StreamEvent = z.object({
  conversation: z.string(),
  kind: z.string(),
  version: z.number().int(),
  seq: z.number().int().nullable(),
});
export type StreamEvent = z.infer<typeof StreamEvent>;

/** A line of the live stream without an id: somebody is writing there now. */
export const Typing = z.object({ conversation: z.string(), kind: z.literal('typing') });
export type Typing = z.infer<typeof Typing>;
