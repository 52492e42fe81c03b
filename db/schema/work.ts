import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant, transactionId } from './columns.ts';
import { message, ofConversation } from './conversation.ts';
import { district, ofDistrict } from './place.ts';
import { worker } from './staff.ts';

export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'delivered', 'failed', 'refused', 'unknown'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What must reach somebody outside; written in the transaction of its message. `error` is the provider's code, no words. */
export const delivery = pgTable(
  'delivery',
  {
    id: text('id').primaryKey(),
    conversationId: text('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    status: text('status').$type<DeliveryState>().notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    provider: text('provider'),
    providerId: text('provider_id'),
    error: text('error'),
    /** Held back until then: safe hours (DOMAIN 5.6). */
    notBefore: instant('not_before'),
    /** How many texts it was cut into by the network, as counted when it left. */
    parts: smallint('parts'),
    createdAt: createdAt(),
    updatedAt: createdAt('updated_at'),
  },
  (t) => [
    foreignKey({ columns: [t.conversationId, t.seq], foreignColumns: [message.conversationId, message.seq] }).onDelete(
      'cascade',
    ),
    unique('delivery_message').on(t.conversationId, t.seq),
    uniqueIndex('delivery_provider').on(t.provider, t.providerId).where(sql`provider_id is not null`),
    check(
      'delivery_status',
      sql`${t.status} in ('queued', 'sending', 'sent', 'delivered', 'failed', 'refused', 'unknown')`,
    ),
  ],
);

export const EVENT_KINDS = [
  'message',
  'risk',
  'waiting',
  'claimed',
  'released',
  'returned',
  'closed',
  'note',
  'district',
  'delivery',
  'left',
  'alarm',
  'offered',
  'declined',
  'withdrawn',
  'transferred',
  'reopened',
  'reminder',
  'glass',
  'hold',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Content-free facts in commit order: live streams, cards and statistics read them. */
export const event = pgTable(
  'event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    xid: transactionId('xid').notNull().default(sql`pg_current_xact_id()`),
    conversationId: ofConversation(),
    district: text('district').notNull(),
    kind: text('kind').$type<EventKind>().notNull(),
    /** The message's; for an alarm how far up the ladder it is. */
    seq: integer('seq'),
    version: integer('version').notNull(),
    at: createdAt('at'),
  },
  (t) => [index('event_feed').on(t.xid, t.id), index('event_conversation').on(t.conversationId)],
);

/** Who read or did what. Rows are only ever added; each carries the hash of the one before (DOMAIN L1). */
export const audit = pgTable(
  'audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    conversationId: text('conversation_id'),
    detail: jsonb('detail').$type<Record<string, string | number | boolean | null>>().notNull(),
    previous: bytes('previous').notNull(),
    hash: bytes('hash').notNull(),
  },
  (t) => [index('audit_conversation').on(t.conversationId, t.id)],
);

/** The one card of a conversation in its district's Teams channel. */
export const card = pgTable('card', {
  conversationId: ofConversation().primaryKey(),
  district: ofDistrict(),
  serviceUrl: text('service_url').notNull(),
  teamsConversationId: text('teams_conversation_id').notNull(),
  /** Null while the post is under way or its answer was lost: it is never replayed blindly (F30). */
  activityId: text('activity_id'),
  /** All that can be seen on it, as it was last shown. */
  state: text('state').notNull(),
  version: integer('version').notNull(),
  /** Why it is not (known to be) there: `unknown`, `gone`, `blocked` or `refused`. */
  error: text('error'),
  updatedAt: createdAt('updated_at'),
});

/**
 * One alert about one step of a conversation, at most once: to one person's own chat (`workerId`), or to the Teams channel of a
 * district that is not the conversation's own (`district`: the second line, F35).
 */
export const alert = pgTable(
  'alert',
  {
    id: text('id').primaryKey(),
    conversationId: ofConversation(),
    workerId: text('worker_id').references(() => worker.id),
    district: text('district').references(() => district.slug),
    /** The owner epoch and step it tells of, so that a repeat finds it. */
    cause: text('cause').notNull(),
    state: text('state').$type<'due' | 'sent' | 'failed' | 'unknown'>().notNull().default('due'),
    error: text('error'),
    createdAt: createdAt(),
    updatedAt: createdAt('updated_at'),
  },
  (t) => [
    unique('alert_once').on(t.conversationId, t.workerId, t.district, t.cause).nullsNotDistinct(),
    check('alert_to', sql`(${t.workerId} is null) <> (${t.district} is null)`),
  ],
);

/** Stream tickets that have been used: single use holds across replicas. */
export const spentTicket = pgTable('spent_ticket', {
  id: text('id').primaryKey(),
  expiresAt: instant('expires_at').notNull(),
});

/** Keys of the service itself (token signing, phone look-up), wrapped by a master key. */
export const secret = pgTable('secret', {
  name: text('name').primaryKey(),
  wrapped: bytes('wrapped').notNull(),
  masterKeyId: text('master_key_id').notNull(),
});
