import { createHash } from 'node:crypto';
import { desc, sql } from 'drizzle-orm';
import type { Reader, Tx } from './client.ts';
import { audit } from './schema/work.ts';

export interface AuditEntry {
  actor: string;
  action: string;
  conversationId: string | null;
  /** Ids, codes and counts only. */
  detail?: Record<string, string | number | boolean | null>;
}

const LOCK = 7_402_114;
const START = Buffer.alloc(32);

/** Appends to the hash chain (DOMAIN L1). Called last in a transaction: it takes the chain's lock until commit. */
export async function appendAudit(tx: Tx, entry: AuditEntry, now: Date): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  const [last] = await tx.select({ id: audit.id, hash: audit.hash }).from(audit).orderBy(desc(audit.id)).limit(1);
  const row = {
    id: (last?.id ?? 0) + 1,
    at: now,
    actor: entry.actor,
    action: entry.action,
    conversationId: entry.conversationId,
    detail: entry.detail ?? {},
    previous: last?.hash ?? START,
  };
  await tx.insert(audit).values({ ...row, hash: hashOf(row) });
}

/** @returns the id of the first row that does not fit the chain, or null when all do. */
export async function verifyAudit(db: Reader): Promise<number | null> {
  let previous: Buffer = START;
  let expected = 1;
  for (const row of await db.select().from(audit).orderBy(audit.id)) {
    const whole = row.id === expected && row.previous.equals(previous) && row.hash.equals(hashOf(row));
    if (!whole) return row.id;
    previous = row.hash;
    expected += 1;
  }
  return null;
}

function hashOf(row: Omit<typeof audit.$inferSelect, 'hash'>): Buffer {
  const sorted = Object.entries(row.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [row.id, row.at.toISOString(), row.actor, row.action, row.conversationId, sorted];
  return createHash('sha256').update(row.previous).update(JSON.stringify(fields)).digest();
}
