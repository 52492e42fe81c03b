import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit, verifyAudit } from '../../db/audit.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { audit } from '../../db/schema/work.ts';
import { createDatabase, databases } from '../support/postgres.ts';

const AT = new Date('2026-11-24T10:00:00.123+01:00');

describe.each(databases)('the audit chain on %s (L1)', (kind) => {
  let database: Database | undefined;
  let db: Database['db'];
  beforeEach(async () => {
    await database?.close();
    database = openDatabase(await createDatabase(kind), { poolSize: 8 });
    db = database.db;
    for (let n = 1; n <= 5; n += 1) await write(n);
  });
  afterAll(() => database?.close());

  const write = (n: number) =>
    db.transaction((tx) =>
      appendAudit(
        tx,
        { actor: `jarva-${n}`, action: 'open', conversationId: `cnv_${n}`, detail: { lastSeq: n, b: 'x', a: null } },
        AT,
      ),
    );

  test('fits when nobody has touched it, also when it is empty', async () => {
    expect(await verifyAudit(db)).toBeNull();
    await db.delete(audit);
    expect(await verifyAudit(db)).toBeNull();
  });

  test('entries written at once make one chain without a gap', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
    expect(await db.$count(audit)).toBe(25);
    expect(await verifyAudit(db)).toBeNull();
  });

  test('an entry that is rolled back leaves no gap', async () => {
    const failed = db.transaction(async (tx) => {
      await appendAudit(tx, { actor: 'a', action: 'open', conversationId: null }, AT);
      throw new Error('after all');
    });
    await expect(failed).rejects.toThrow('after all');
    await write(6);
    expect(await verifyAudit(db)).toBeNull();
    expect(await db.$count(audit)).toBe(6);
  });

  test.each<[string, Partial<typeof audit.$inferInsert>]>([
    ['who', { actor: 'farsta-1' }],
    ['what', { action: 'claim' }],
    ['which conversation', { conversationId: 'cnv_9' }],
    ['that there was a conversation', { conversationId: null }],
    ['when', { at: new Date(AT.getTime() + 1) }],
    ['a detail', { detail: { lastSeq: 4, b: 'x', a: null } }],
    ['that a detail is null', { detail: { lastSeq: 3, b: 'x' } }],
    ['the hash', { hash: Buffer.alloc(32) }],
    ['the hash of the one before', { previous: Buffer.alloc(32) }],
  ])('a row that was altered is found: %s', async (_, change) => {
    await db.update(audit).set(change).where(eq(audit.id, 3));
    expect(await verifyAudit(db)).toBe(3);
  });

  test('a row that was removed, first or in the middle, moved or put in is found', async () => {
    await db.delete(audit).where(eq(audit.id, 3));
    expect(await verifyAudit(db)).toBe(4);
    await db.execute(sql`update audit set id = id - 1 where id > 3`);
    expect(await verifyAudit(db)).toBe(3);
    await db.delete(audit).where(eq(audit.id, 1));
    expect(await verifyAudit(db)).toBe(2);
  });

  test('a row whose whole content was replaced by another’s is found', async () => {
    const [first] = await db.select().from(audit).where(eq(audit.id, 1));
    if (!first) throw new Error('no row');
    await db
      .update(audit)
      .set({ ...first, id: 3 })
      .where(eq(audit.id, 3));
    expect(await verifyAudit(db)).toBe(3);
  });
});
