import { createSecretKey, type KeyObject } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Reader, Tx } from './client.ts';
import { newId } from './schema/columns.ts';
import { phone } from './schema/conversation.ts';
import { lookupOf, type Vault } from './vault.ts';

export type PhoneRow = typeof phone.$inferSelect;

/** SMS numbers: each encrypted under a key of its own, found again only through a keyed hash (DOMAIN 0.2, 5.6). */
export interface Phones {
  /** @param number E.164. Two first messages at once give one row. */
  findOrAdd(tx: Tx, number: string): Promise<PhoneRow>;
  find(db: Reader, number: string): Promise<PhoneRow | null>;
  /** The number in E.164, for a provider's ears only. */
  numberOf(row: PhoneRow): string;
}

export function createPhones(vault: Vault, lookupSecret: Buffer): Phones {
  const lookupKey: KeyObject = createSecretKey(lookupSecret);

  return {
    async findOrAdd(tx, number) {
      for (;;) {
        const known = await this.find(tx, number);
        if (known) return known;
        const id = newId('phn');
        const { key, wrappedKey, masterKeyId } = vault.newKey();
        const sealed = vault.seal(key, number, id);
        const [added] = await tx
          .insert(phone)
          .values({ id, lookup: lookupOf(lookupKey, number), number: sealed, wrappedKey, masterKeyId })
          .onConflictDoNothing()
          .returning();
        if (added) return added;
      }
    },
    async find(db, number) {
      const [row] = await db
        .select()
        .from(phone)
        .where(eq(phone.lookup, lookupOf(lookupKey, number)));
      return row ?? null;
    },
    numberOf: (row) => vault.open(vault.unwrap(row), row.number, row.id),
  };
}
