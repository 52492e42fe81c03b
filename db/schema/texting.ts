import { index, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant } from './columns.ts';
import { ofConversation } from './conversation.ts';

/** Keyed prints of texts that came in lately: a provider that changes its id for a repeat is heard once (F23). */
export const seenText = pgTable(
  'seen_text',
  {
    print: bytes('print').primaryKey(),
    conversationId: ofConversation(),
    at: createdAt('at'),
  },
  (t) => [index('seen_text_at').on(t.at)],
);

/** A link from a text to the same conversation on the web: hashed, short-lived, behind a PIN the texter picks. */
export const privateLink = pgTable('private_link', {
  id: text('id').primaryKey(),
  conversationId: ofConversation(),
  tokenHash: bytes('token_hash').notNull().unique('private_link_token'),
  /** Null until the texter has picked one. */
  pinHash: bytes('pin_hash'),
  tries: smallint('tries').notNull().default(0),
  expiresAt: instant('expires_at').notNull(),
  openedAt: instant('opened_at'),
  createdAt: createdAt(),
});

/** When a sender may send its next text, whichever process sends it: the vendor counts them all together (DOMAIN 6.2). */
export const senderPace = pgTable('sender_pace', {
  sender: text('sender').primaryKey(),
  nextAt: instant('next_at').notNull(),
});
