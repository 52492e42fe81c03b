import { sql } from 'drizzle-orm';
import { check, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant } from './columns.ts';
import { ofConversation } from './conversation.ts';

export const FIELD_KINDS = ['phone', 'address'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/**
 * A number to be called on, or an address in an emergency (eval LABELS §8): under a key of its own, read by the holder only,
 * not kept until the person has said yes, destroyed when the conversation closes (a trigger sees to it).
 */
export const protectedField = pgTable(
  'protected_field',
  {
    conversationId: ofConversation().primaryKey(),
    kind: text('kind').$type<FieldKind>().notNull(),
    body: bytes('body').notNull(),
    wrappedKey: bytes('wrapped_key').notNull(),
    masterKeyId: text('master_key_id').notNull(),
    /** Set by the person's yes; without one the field is destroyed within the hour. */
    keptAt: instant('kept_at'),
    createdAt: createdAt(),
  },
  (t) => [check('protected_field_kind', sql`${t.kind} in ('phone', 'address')`)],
);

/** Answers the content owner has taken back: not said from the commit on, on any replica (A7). */
export const withdrawnAnswer = pgTable('withdrawn_answer', { id: text('id').primaryKey(), at: createdAt('at') });
