import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db, Reader, Tx } from './client.ts';
import { given, prepared } from './prepared.ts';
import { type FieldKind, protectedField } from './schema/protected.ts';
import type { Vault } from './vault.ts';

/** Puts aside what the person may want a human to have, sealed and not yet kept; a newer one replaces an older. */
export async function offerField(
  tx: Tx,
  vault: Vault,
  conversationId: string,
  { kind, value }: { kind: FieldKind; value: string },
  now: Date,
): Promise<void> {
  const { key, wrappedKey, masterKeyId } = vault.newKey();
  const row = { kind, body: vault.seal(key, value, conversationId), wrappedKey, masterKeyId, keptAt: null };
  await tx
    .insert(protectedField)
    .values({ conversationId, ...row, createdAt: now })
    .onConflictDoUpdate({ target: protectedField.conversationId, set: { ...row, createdAt: now } });
}

/**
 * The person's answer: a yes keeps it, anything else destroys it. @param offeredAt when what the answer is about was put aside:
 * a number that came since is neither kept nor destroyed by it.
 */
export async function decideField(
  tx: Tx,
  conversationId: string,
  { keep, offeredAt }: { keep: boolean; offeredAt: Date },
  now: Date,
): Promise<void> {
  const undecided = and(
    eq(protectedField.conversationId, conversationId),
    eq(protectedField.createdAt, offeredAt),
    isNull(protectedField.keptAt),
  );
  if (keep) await tx.update(protectedField).set({ keptAt: now }).where(undecided);
  else await tx.delete(protectedField).where(undecided);
}

/** What stands there, without its value. */
export async function fieldOf(
  db: Reader,
  conversationId: string,
): Promise<{ kind: FieldKind; keptAt: Date | null; offeredAt: Date } | null> {
  const [row] = await findField(db, { conversationId });
  return row ?? null;
}

const findField = prepared((db) =>
  db
    .select({ kind: protectedField.kind, keptAt: protectedField.keptAt, offeredAt: protectedField.createdAt })
    .from(protectedField)
    .where(eq(protectedField.conversationId, given('conversationId', protectedField.conversationId))),
);

/** The value itself, once it is kept. The caller sees to who may and to the audit. */
export async function openField(tx: Tx, vault: Vault, conversationId: string): Promise<string | null> {
  const [row] = await tx.select().from(protectedField).where(eq(protectedField.conversationId, conversationId));
  return row?.keptAt ? vault.open(vault.unwrap(row), row.body, conversationId) : null;
}

/** Destroys what nobody has said yes to. */
export const destroyUndecided = (db: Db, before: Date) =>
  db.delete(protectedField).where(and(isNull(protectedField.keptAt), lt(protectedField.createdAt, before)));
