import { randomInt } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { ConversationRow } from '../../../../db/append.ts';
import type { Db } from '../../../../db/client.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import type { VisitorTokens } from '../../auth/visitor-token.ts';
import { newestEpisode } from '../../turn/episode.ts';
import { CODE_WORDS } from './code-words.ts';

const WORDS = 3;
const DIGITS = 10;

export interface CodeDeps {
  db: Db;
  tokens: Pick<VisitorTokens, 'hashOf'>;
}

/**
 * Three everyday words and ten digits, like a line of a shopping list: 3 x 9 + 33.2 = 60.2 random bits (G4). Where nothing limits
 * guessing a server hears a thousand a second; `GUESSES` lets two servers hear 44, whatever words are tried and whoever tries
 * them: that is worth 4.5 bits more, so 64.7 in effect (F40; computed in the test from the list and the limit).
 */
export function newReturnCode(random: (below: number) => number = randomInt): string {
  const words = Array.from({ length: WORDS }, () => CODE_WORDS[random(CODE_WORDS.length)] ?? '');
  const digits = Array.from({ length: DIGITS }, () => `${random(10)}`).join('');
  return `${words.join(' ')} ${digits.slice(0, 5)} ${digits.slice(5)}`;
}

/** As it was made, however it was typed: case, signs between and the dots of å, ä, ö do not matter. Null: not of the shape. */
export function readReturnCode(typed: string): string | null {
  const plain = typed.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const words = plain.match(/[a-z]+/g) ?? [];
  const digits = plain.replace(/\D/g, '');
  const fits = words.length === WORDS && digits.length === DIGITS;
  return fits ? [...words, digits].join(' ') : null;
}

/** Stores the hash of a new code on the thread; an older code stops working. @returns null when nothing has been written yet. */
export async function giveReturnCode({ db, tokens }: CodeDeps, threadId: string): Promise<string | null> {
  const code = newReturnCode();
  const [row] = await db
    .update(conversation)
    .set({ returnCodeHash: tokens.hashOf(readReturnCode(code) ?? code) })
    .where(eq(conversation.id, threadId))
    .returning({ id: conversation.id });
  return row ? code : null;
}

/** @returns the newest episode of the thread that the code belongs to. */
export async function findByReturnCode({ db, tokens }: CodeDeps, code: string): Promise<ConversationRow | null> {
  const [first] = await db
    .select({ threadId: conversation.threadId })
    .from(conversation)
    .where(eq(conversation.returnCodeHash, tokens.hashOf(code)))
    .orderBy(desc(conversation.episode))
    .limit(1);
  return first ? newestEpisode(db, first.threadId) : null;
}
