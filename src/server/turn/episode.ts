import { and, desc, eq, inArray, type Param, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import { type Reader, type Tx, together } from '../../../db/client.ts';
import type { PhoneRow, Phones } from '../../../db/phones.ts';
import { given, prepared } from '../../../db/prepared.ts';
import { newId } from '../../../db/schema/columns.ts';
import { type ChannelName, conversation, phone } from '../../../db/schema/conversation.ts';
import type { Vault } from '../../../db/vault.ts';
import { CITY_POOL } from '../hours/route.ts';
import { homeOf } from './place.ts';

/** Who is writing: a web thread (its id is signed into the visitor's token) or a phone number in E.164. */
export type Sender = { channel: 'web'; threadId: string } | { channel: 'sms'; number: string };

export interface Episode {
  row: ConversationRow;
  opened: boolean;
  /** The number it is written from; null on the web. */
  from: PhoneRow | null;
}

/**
 * The sender's open conversation under its row lock, with the number as it is under that lock, in one round trip. The number cannot
 * be destroyed until the commit; one that has been is sealed anew first (`lockEpisode`).
 */
export async function lockOpen(tx: Tx, phones: Phones, sender: Sender): Promise<Episode | null> {
  const [[open], from] =
    sender.channel === 'web'
      ? [await lockThread(tx, sender), null]
      : await lockTexts(tx, { lookup: phones.lookupOf(sender.number) });
  if (!open || (sender.channel === 'sms' && !from?.number)) return null;
  return { row: await onChannel(tx, open, sender.channel), opened: false, from };
}

const isOpen = sql`${conversation.owner} <> 'closed'`;
const lockThread = prepared((db) =>
  db
    .select()
    .from(conversation)
    .where(and(eq(conversation.threadId, given('threadId', conversation.threadId)), isOpen))
    .for('update'),
);
const lockConversation = prepared((db) =>
  db
    .select()
    .from(conversation)
    .where(and(textedFrom(db, given('lookup', phone.lookup)), isOpen))
    .for('update'),
);
const lockNumber = prepared((db) =>
  db
    .select()
    .from(phone)
    .where(eq(phone.lookup, given('lookup', phone.lookup)))
    .for('key share'),
);

async function lockTexts(tx: Tx, by: { lookup: Buffer }): Promise<[ConversationRow[], PhoneRow | null]> {
  const [open, [from]] = await together(lockConversation(tx, by), lockNumber(tx, by));
  return [open, from ?? null];
}

const textedFrom = (db: Reader, lookup: Buffer | Param) =>
  inArray(conversation.phoneId, db.select({ id: phone.id }).from(phone).where(eq(phone.lookup, lookup)));

/**
 * The sender's open conversation under its row lock. Opens one when there is none: at most one is open per thread and number,
 * whatever arrives at once (F26); after a closed one it is a linked new episode that inherits place and language only (F6).
 */
export async function lockEpisode(
  tx: Tx,
  vault: Vault,
  phones: Phones,
  sender: Sender,
  language: string,
  now: Date,
): Promise<Episode> {
  const from = sender.channel === 'sms' ? await phones.findOrAdd(tx, sender.number) : null;
  const mine =
    sender.channel === 'web'
      ? eq(conversation.threadId, sender.threadId)
      : textedFrom(tx, phones.lookupOf(sender.number));
  for (;;) {
    const open = await lockOpen(tx, phones, sender);
    if (open) return open;
    const [last] = await tx.select().from(conversation).where(mine).orderBy(desc(conversation.episode)).limit(1);
    const id = last ? newId('cnv') : sender.channel === 'web' ? sender.threadId : newId('cnv');
    const { wrappedKey, masterKeyId } = vault.newKey();
    const [added] = await tx
      .insert(conversation)
      .values({
        id,
        threadId: last?.threadId ?? id,
        episode: (last?.episode ?? 0) + 1,
        previousId: last?.id ?? null,
        channel: sender.channel satisfies ChannelName,
        phoneId: from?.id ?? null,
        contactNo: from?.contactNo ?? last?.contactNo ?? null,
        language: last?.language ?? language,
        district: last ? homeOf(last) : CITY_POOL,
        tokenEpoch: last?.tokenEpoch ?? 0,
        wrappedKey,
        masterKeyId,
        createdAt: now,
        lastAt: now,
      })
      .onConflictDoNothing()
      .returning();
    if (added) return { row: added, opened: true, from };
  }
}

/** Answers go to where the person last wrote: to the phone, or through a private link to the web. */
export async function onChannel(tx: Tx, row: ConversationRow, channel: ChannelName): Promise<ConversationRow> {
  if (row.channel === channel) return row;
  await tx.update(conversation).set({ channel }).where(eq(conversation.id, row.id));
  return { ...row, channel };
}

/** The newest episode of a web thread, or null when nothing has been written in it yet. */
export async function newestEpisode(db: Reader, threadId: string): Promise<ConversationRow | null> {
  const [row] = await db
    .select()
    .from(conversation)
    .where(eq(conversation.threadId, threadId))
    .orderBy(desc(conversation.episode))
    .limit(1);
  return row ?? null;
}
