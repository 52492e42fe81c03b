import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { secret } from './schema/work.ts';
import type { Vault } from './vault.ts';

/** 32 random bytes under a name, made by whoever asks first and shared by all replicas; stored wrapped by a master key. */
export async function sharedSecret(db: Db, vault: Vault, name: string): Promise<Buffer> {
  for (;;) {
    const [known] = await db.select().from(secret).where(eq(secret.name, name));
    if (known) {
      const { key, sealed } = split(known.wrapped);
      const opened = vault.open(vault.unwrap({ wrappedKey: key, masterKeyId: known.masterKeyId }), sealed, name);
      return Buffer.from(opened, 'base64');
    }
    const { key, wrappedKey, masterKeyId } = vault.newKey();
    const sealed = vault.seal(key, randomBytes(32).toString('base64'), name);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(wrappedKey.length);
    const wrapped = Buffer.concat([length, wrappedKey, sealed]);
    await db.insert(secret).values({ name, wrapped, masterKeyId }).onConflictDoNothing();
  }
}

function split(wrapped: Buffer): { key: Buffer; sealed: Buffer } {
  const end = 2 + wrapped.readUInt16BE(0);
  return { key: wrapped.subarray(2, end), sealed: wrapped.subarray(end) };
}
