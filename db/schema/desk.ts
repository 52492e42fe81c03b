import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant } from './columns.ts';
import { ofConversation } from './conversation.ts';
import { ofDistrict } from './place.ts';
import { ofWorker, worker } from './staff.ts';

/** `taken`: a supervisor took it over without an offer. */
export const TRANSFER_STATES = ['offered', 'accepted', 'declined', 'withdrawn', 'expired', 'taken'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** An offer to another district or colleague: the giver holds the conversation until it is accepted. One at a time. */
export const transfer = pgTable(
  'transfer',
  {
    id: text('id').primaryKey(),
    conversationId: ofConversation(),
    fromWorker: ofWorker('from_worker'),
    fromDistrict: ofDistrict('from_district'),
    toDistrict: ofDistrict('to_district'),
    /** A colleague by name; null: anyone in the district. */
    toWorker: text('to_worker').references(() => worker.id),
    state: text('state').$type<TransferState>().notNull().default('offered'),
    /** A code of ours for why it was declined or taken, never words. */
    reason: text('reason'),
    offeredAt: createdAt('offered_at'),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by').references(() => worker.id),
  },
  (t) => [
    uniqueIndex('transfer_open').on(t.conversationId).where(sql`state = 'offered'`),
    index('transfer_conversation').on(t.conversationId),
    index('transfer_offered').on(t.toDistrict, t.offeredAt).where(sql`state = 'offered'`),
    check('transfer_state', sql`${t.state} in ('offered', 'accepted', 'declined', 'withdrawn', 'expired', 'taken')`),
  ],
);

/** What a worker has promised and when; the words are sealed under the conversation's key. */
export const reminder = pgTable(
  'reminder',
  {
    id: text('id').primaryKey(),
    conversationId: ofConversation(),
    workerId: ofWorker(),
    /** The message that made the promise. */
    seq: integer('seq'),
    dueAt: instant('due_at').notNull(),
    body: bytes('body').notNull(),
    remindedAt: instant('reminded_at'),
    doneAt: instant('done_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('reminder_due').on(t.dueAt).where(sql`done_at is null`),
    index('reminder_conversation').on(t.conversationId),
  ],
);

export const GLASS_REASONS = ['danger-to-life', 'same-person', 'on-call', 'supervision'] as const;
export type GlassReason = (typeof GLASS_REASONS)[number];

/** Reading across districts for a stated reason, visible to the owning district at once (DOMAIN L2). Ends by itself. */
export const breakGlass = pgTable(
  'break_glass',
  {
    id: text('id').primaryKey(),
    conversationId: ofConversation(),
    district: ofDistrict(),
    workerId: ofWorker(),
    reason: text('reason').$type<GlassReason>().notNull(),
    at: createdAt('at'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    index('break_glass_conversation').on(t.conversationId),
    check('break_glass_reason', sql`${t.reason} in ('danger-to-life', 'same-person', 'on-call', 'supervision')`),
  ],
);

/** A machine's translation of one message; the original stays what counts. */
export const translation = pgTable(
  'translation',
  {
    conversationId: ofConversation(),
    seq: integer('seq').notNull(),
    language: text('language').notNull(),
    body: bytes('body').notNull(),
    model: text('model').notNull(),
    at: createdAt('at'),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.seq, t.language] })],
);
