import { and, eq, gte, ne, or } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import { type Tx, together } from '../../../db/client.ts';
import type { Phones } from '../../../db/phones.ts';
import { given, prepared, preparedFor } from '../../../db/prepared.ts';
import { message } from '../../../db/schema/conversation.ts';
import { seenText } from '../../../db/schema/texting.ts';

/** A text as it came, before anything in it is masked. */
export interface CameIn {
  number: string;
  text: string;
  /** The provider's word for one attempt to hand it over and all its repeats; null when it has none. */
  retryToken: string | null;
}

/** For so long the same words of the same number are taken for a repeat of the provider's (F23). */
const REPEAT_MS = 60_000;

/**
 * Whether the provider hands over again, under another id, what was heard a moment ago (F23). The same words are a person's own
 * once we have spoken in between: "ja" may answer two questions. Only keyed prints are kept, and not for long.
 * The caller holds the conversation's row lock, so that of twenty at a time one is heard.
 */
export async function heardBefore(
  tx: Tx,
  phones: Phones,
  row: ConversationRow,
  came: CameIn,
  now: Date,
): Promise<boolean> {
  const [words, token = words] = printsOf(phones, came);
  const seen = await findSeen(tx, { words, token });
  if (seen.some(({ print }) => !print.equals(words))) return true;
  const same = seen.find(({ conversationId }) => conversationId === row.id);
  if (!same || now.getTime() - same.at.getTime() >= REPEAT_MS) return false;
  return !(await haveSpokenSince(tx, row, same.at));
}

/** Notes what was heard, for a repeat of it. */
export async function remember(tx: Tx, phones: Phones, row: ConversationRow, came: CameIn, now: Date): Promise<void> {
  const seen = { conversationId: row.id, at: now };
  await together(...printsOf(phones, came).map((print) => addSeen(tx, { print, ...seen })));
}

const findSeen = prepared((db) =>
  db
    .select()
    .from(seenText)
    .where(or(eq(seenText.print, given('words', seenText.print)), eq(seenText.print, given('token', seenText.print)))),
);
const addSeen = preparedFor(seenText, (db, row) =>
  db
    .insert(seenText)
    .values(row)
    .onConflictDoUpdate({ target: seenText.print, set: { conversationId: row.conversationId, at: row.at } }),
);

const printsOf = (phones: Phones, { number, text, retryToken }: CameIn): [words: Buffer, ...token: Buffer[]] => [
  phones.printOf(number, `words ${text}`),
  ...(retryToken ? [phones.printOf(number, `token ${retryToken}`)] : []),
];

async function haveSpokenSince(tx: Tx, row: ConversationRow, at: Date): Promise<boolean> {
  const [said] = await tx
    .select({ seq: message.seq })
    .from(message)
    .where(and(eq(message.conversationId, row.id), ne(message.author, 'visitor'), gte(message.at, at)))
    .limit(1);
  return said !== undefined;
}
