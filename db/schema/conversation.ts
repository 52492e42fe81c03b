import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant } from './columns.ts';
import { district } from './place.ts';
import { ofWorker, worker } from './staff.ts';

export const OWNERS = ['bot', 'waiting', 'worker', 'closed'] as const;
export type Owner = (typeof OWNERS)[number];
export type ChannelName = 'web' | 'sms';
export type RiskLevel = 'none' | 'elevated' | 'urgent' | 'emergency';
/** Content-free: which rule raised the risk, never the words. */
export interface RiskReason {
  kind: string;
  level: RiskLevel;
  rule: string;
}

/** An SMS number under a key of its own; found by HMAC, destroyed when its last conversation closes (DOMAIN 5.6). */
export const phone = pgTable('phone', {
  id: text('id').primaryKey(),
  lookup: bytes('lookup').notNull().unique('phone_lookup'),
  /** Null when the number has been destroyed and only its STOP is remembered. */
  number: bytes('number'),
  wrappedKey: bytes('wrapped_key'),
  masterKeyId: text('master_key_id').notNull(),
  /** "Anhörig 27": what staff see instead of a number. */
  contactNo: integer('contact_no').notNull().generatedAlwaysAsIdentity(),
  optedOutAt: instant('opted_out_at'),
  /** When they were asked whether they can be written to openly, and when they said yes. */
  gateAskedAt: instant('gate_asked_at'),
  openSince: instant('open_since'),
  /** They chose to get texts at night too. */
  anyHour: boolean('any_hour').notNull().default(false),
  createdAt: createdAt(),
});

/** One episode. A web thread's id is the id of its first episode; a later episode links back through `threadId` (F6, F18). */
export const conversation = pgTable(
  'conversation',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id').notNull(),
    episode: integer('episode').notNull().default(1),
    previousId: text('previous_id').references((): AnyPgColumn => conversation.id),
    channel: text('channel').$type<ChannelName>().notNull(),
    phoneId: text('phone_id').references(() => phone.id),
    language: text('language').notNull().default('sv'),
    district: text('district')
      .notNull()
      .default('staden')
      .references(() => district.slug),
    owner: text('owner').$type<Owner>().notNull().default('bot'),
    /** Whose it is by place, while the city pool or on-call answers for a closed district; null: `district` itself. */
    homeDistrict: text('home_district').references(() => district.slug),
    /** Copied from the phone, which does not outlive the closure. */
    contactNo: integer('contact_no'),
    /** Bumped by every change of owner: a bot reply made under an older number is dropped (F1). */
    ownerEpoch: integer('owner_epoch').notNull().default(0),
    workerId: text('worker_id').references(() => worker.id),
    claimToken: text('claim_token'),
    heldSince: instant('held_since'),
    previousWorkerId: text('previous_worker_id').references(() => worker.id),
    risk: text('risk').$type<RiskLevel>().notNull().default('none'),
    /** Ascending urgency, so that the inbox pages by one row comparison (DATA §5). */
    rank: smallint('rank')
      .notNull()
      .generatedAlwaysAs(
        (): SQL => sql`case risk when 'emergency' then 0 when 'urgent' then 1 when 'elevated' then 2 else 3 end`,
      ),
    reasons: jsonb('reasons').$type<RiskReason[]>().notNull().default([]),
    state: jsonb('state').$type<Record<string, unknown>>().notNull().default({}),
    lastSeq: integer('last_seq').notNull().default(0),
    version: integer('version').notNull().default(0),
    wrappedKey: bytes('wrapped_key').notNull(),
    masterKeyId: text('master_key_id').notNull(),
    tokenEpoch: integer('token_epoch').notNull().default(0),
    /** HMAC of the return code, on a thread's first episode; gone when the thread is erased (G4). */
    returnCodeHash: bytes('return_code_hash').unique('conversation_return_code'),
    createdAt: createdAt(),
    waitingSince: instant('waiting_since'),
    lastVisitorAt: instant('last_visitor_at'),
    lastAt: createdAt('last_at'),
    closedAt: instant('closed_at'),
    outcome: text('outcome'),
    retentionClass: text('retention_class').notNull().default('advice'),
    legalHold: boolean('legal_hold').notNull().default(false),
    /** The turn that is owed: due since the first unanswered message, leased to one process while it runs. */
    turnSince: instant('turn_since'),
    turnDueAt: instant('turn_due_at'),
    turnToken: text('turn_token'),
    turnLeaseUntil: instant('turn_lease_until'),
    turnAttempts: integer('turn_attempts').notNull().default(0),
    alarmedAt: instant('alarmed_at'),
    /** How far an unclaimed conversation has been escalated (`heightOf`); a new owner begins at 0. */
    alarmStep: smallint('alarm_step').notNull().default(0),
  },
  (t) => [
    unique('conversation_episode').on(t.threadId, t.episode),
    uniqueIndex('conversation_open_thread').on(t.threadId).where(sql`owner <> 'closed'`),
    uniqueIndex('conversation_open_phone').on(t.phoneId).where(sql`owner <> 'closed'`),
    // One a view, in its order; channel and language last, so that filters and counts need not visit the rows.
    index('conversation_waiting')
      .on(t.district, t.rank, t.waitingSince, t.id, t.channel, t.language)
      .where(sql`owner = 'waiting'`),
    index('conversation_held')
      .on(t.district, t.rank, t.createdAt, t.id, t.channel, t.language)
      .where(sql`owner = 'worker'`),
    index('conversation_holder').on(t.workerId).where(sql`owner = 'worker'`),
    index('conversation_closed').on(t.district, t.closedAt, t.id, t.channel).where(sql`owner = 'closed'`),
    index('conversation_closed_language')
      .on(t.district, t.language, t.closedAt, t.id, t.channel)
      .where(sql`owner = 'closed'`),
    // Row-level security asks whether a number belongs to any conversation one may read.
    index('conversation_phone').on(t.phoneId).where(sql`phone_id is not null`),
    index('conversation_turn_due').on(t.turnDueAt).where(sql`turn_due_at is not null`),
    check('conversation_owner', sql`${t.owner} in ('bot', 'waiting', 'worker', 'closed')`),
    check('conversation_channel', sql`${t.channel} in ('web', 'sms')`),
    check('conversation_risk', sql`${t.risk} in ('none', 'elevated', 'urgent', 'emergency')`),
    check(
      'conversation_worker',
      sql`(${t.owner} = 'worker') = (${t.workerId} is not null and ${t.claimToken} is not null)`,
    ),
    check('conversation_waiting', sql`(${t.owner} = 'waiting') <= (${t.waitingSince} is not null)`),
    check('conversation_closing', sql`(${t.owner} = 'closed') = (${t.closedAt} is not null)`),
  ],
);

/** Which conversation it belongs to: it goes when the conversation goes. */
export const ofConversation = () =>
  text('conversation_id')
    .notNull()
    .references(() => conversation.id, { onDelete: 'cascade' });

export const AUTHORS = ['visitor', 'bot', 'worker', 'system'] as const;
export type Author = (typeof AUTHORS)[number];
/** What a message carries besides its words: approved ids and codes only. */
export interface MessageMeta {
  choices?: { id: string; title: string }[];
  topics?: string[];
  /** The visitor tapped one of our own sentences. */
  firstWord?: string;
  workerName?: string;
  owner?: Owner;
  /** How the bot came to say it: triage version, model, prompt hash and what the guards did. Codes only. */
  why?: Record<string, unknown>;
  /** Where in a visitor's message the words stand that raised it, as UTF-16 offsets: never the words. */
  heard?: { level: RiskLevel; spans: [from: number, to: number][] };
  /** A confirmation that goes out although the number has opted out. */
  keyword?: 'stop' | 'start';
  /** The private link whose address is put in when the text leaves. */
  link?: string;
  /** When a visitor's text was sent, as its vendor says: ISO 8601. */
  sentAt?: string;
}

export const message = pgTable(
  'message',
  {
    conversationId: ofConversation(),
    seq: integer('seq').notNull(),
    author: text('author').$type<Author>().notNull(),
    body: bytes('body').notNull(),
    language: text('language').notNull(),
    channel: text('channel').$type<ChannelName>().notNull(),
    /** The provider's id, or `<thread>:<client id>` on the web: a redelivery is a no-op (F23, F24). */
    externalId: text('external_id'),
    clientId: text('client_id'),
    workerId: text('worker_id').references(() => worker.id),
    answers: jsonb('answers').$type<{ id: string; version: number }[]>(),
    meta: jsonb('meta').$type<MessageMeta>().notNull().default({}),
    /** Set on a visitor's message when a turn or a worker has taken care of it. */
    handledAt: instant('handled_at'),
    at: createdAt('at'),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.seq] }),
    unique('message_external').on(t.channel, t.externalId),
    unique('message_client').on(t.conversationId, t.clientId),
    check('message_author', sql`${t.author} in ('visitor', 'bot', 'worker', 'system')`),
  ],
);

/** Apart from `message`, so that no visitor query can reach it (F37). */
export const note = pgTable(
  'note',
  {
    id: text('id').primaryKey(),
    conversationId: ofConversation(),
    workerId: ofWorker(),
    clientId: text('client_id').notNull(),
    body: bytes('body').notNull(),
    at: createdAt('at'),
  },
  (t) => [unique('note_client').on(t.conversationId, t.clientId)],
);

/** How far a worker has read; unread is the conversation's last seq minus this. */
export const readMark = pgTable(
  'read_mark',
  {
    workerId: ofWorker(),
    conversationId: ofConversation(),
    seq: integer('seq').notNull(),
    /** When an opening was last written to the audit: the tab reads again by itself all the time. */
    openedAt: createdAt('opened_at'),
  },
  (t) => [primaryKey({ columns: [t.workerId, t.conversationId] })],
);
