import { createSecretKey, type KeyObject } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Reader, Tx } from './client.ts';
import { newId } from './schema/columns.ts';
import { phone } from './schema/conversation.ts';
import { lookupOf, type Vault } from './vault.ts';

export type PhoneRow = typeof phone.$inferSelect;

/** SMS numbers: each encrypted under a key of its own, found again only through a keyed hash (DOMAIN 0.2, 5.6). */
export interface Phones {
  /** @param number E.164. Two first messages at once give one row; one that was destroyed is sealed anew, its STOP still known. */
  findOrAdd(tx: Tx, number: string): Promise<PhoneRow>;
  /** How a number is found again. */
  lookupOf(number: string): Buffer;
  /** What is remembered of a text for a moment: 16 bytes that say nothing without the key. */
  printOf(number: string, text: string): Buffer;
  find(db: Reader, number: string): Promise<PhoneRow | null>;
  /** The number in E.164, for a provider's ears only. @throws when it has been destroyed. */
  numberOf(row: PhoneRow): string;
}

/** What its owner chose is forgotten with the number. */
const notChosen = { gateAskedAt: null, openSince: null, anyHour: false };

export function createPhones(vault: Vault, lookupSecret: Buffer): Phones {
  const lookupKey: KeyObject = createSecretKey(lookupSecret);

  return {
    async findOrAdd(tx, number) {
      for (;;) {
        // Until the commit nobody destroys what a conversation is about to be opened on.
        const [known] = await byNumber(tx, number).for('key share');
        if (known?.number) return known;
        const id = known?.id ?? newId('phn');
        const { key, wrappedKey, masterKeyId } = vault.newKey();
        const sealed = { number: vault.seal(key, number, id), wrappedKey, masterKeyId };
        const [stored] = known
          ? await tx
              .update(phone)
              .set({ ...sealed, ...notChosen })
              .where(eq(phone.id, id))
              .returning()
          : await tx
              .insert(phone)
              .values({ id, lookup: lookup(number), ...sealed })
              .onConflictDoNothing()
              .returning();
        if (stored) return stored;
      }
    },
    lookupOf: lookup,
    printOf: (number, text) => lookupOf(lookupKey, `${number}\n${text}`),
    async find(db, number) {
      const [row] = await byNumber(db, number);
      return row ?? null;
    },
    numberOf({ id, number, wrappedKey, masterKeyId }) {
      if (!number || !wrappedKey) throw new Error('the number has been destroyed');
      return vault.open(vault.unwrap({ wrappedKey, masterKeyId }), number, id);
    },
  };

  function byNumber(db: Reader, number: string) {
    return db
      .select()
      .from(phone)
      .where(eq(phone.lookup, lookup(number)));
  }

  function lookup(number: string): Buffer {
    return lookupOf(lookupKey, number);
  }
}
