import { createSecretKey, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { createPhones } from '../../db/phones.ts';
import { phone } from '../../db/schema/conversation.ts';
import { secret } from '../../db/schema/work.ts';
import { sharedSecret } from '../../db/secrets.ts';
import { createVault, lookupOf } from '../../db/vault.ts';
import { createDatabase, databases } from '../support/postgres.ts';

const OLD = { id: 'k-2025', key: randomBytes(32) };
const NEW = { id: 'k-2026', key: randomBytes(32) };
const PLACE = 'cnv_a:1';
const TEXT = 'Hjälp, jag är skyldig pengar 😶';

describe('the vault', () => {
  const vault = createVault([OLD]);
  const { key } = vault.newKey();

  test('opens what it sealed, in its own place, and seals the same words differently each time', () => {
    const [one, two] = [vault.seal(key, TEXT, PLACE), vault.seal(key, TEXT, PLACE)];
    expect(vault.open(key, one, PLACE)).toBe(TEXT);
    expect(one.equals(two)).toBe(false);
    expect(one).toHaveLength(Buffer.byteLength(TEXT) + 29);
    expect(one.includes(Buffer.from('pengar'))).toBe(false);
    expect(vault.open(key, vault.seal(key, '', PLACE), PLACE)).toBe('');
  });

  test('refuses a ciphertext with any one bit changed, cut short or grown', () => {
    const sealed = vault.seal(key, TEXT, PLACE);
    for (let at = 0; at < sealed.length * 8; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at >> 3] = (altered[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(() => vault.open(key, altered, PLACE), `bit ${at}`).toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => vault.open(key, sealed.subarray(0, length), PLACE), `${length} bytes`).toThrow();
    expect(() => vault.open(key, Buffer.concat([sealed, Buffer.of(0)]), PLACE)).toThrow();
  });

  test('refuses a ciphertext in another place and under another conversation’s key', () => {
    const sealed = vault.seal(key, TEXT, PLACE);
    for (const place of ['cnv_a:2', 'cnv_b:1', '', 'cnv_a:1 ']) expect(() => vault.open(key, sealed, place)).toThrow();
    expect(() => vault.open(vault.newKey().key, sealed, PLACE)).toThrow();
  });

  test('after a rotation the new key wraps and the old one still opens; without the old one it does not', () => {
    const wrapped = vault.newKey();
    const sealed = vault.seal(wrapped.key, TEXT, PLACE);
    const rotated = createVault([NEW, OLD]);
    expect(rotated.open(rotated.unwrap(wrapped), sealed, PLACE)).toBe(TEXT);
    expect(rotated.newKey().masterKeyId).toBe(NEW.id);
    expect(() => createVault([NEW]).unwrap(wrapped)).toThrow('master key k-2025 is not configured');
    expect(() => createVault([])).toThrow('master key');
  });

  test('refuses a wrapped key that was altered, or is said to be under another master key', () => {
    const wrapped = vault.newKey();
    for (let at = 0; at < wrapped.wrappedKey.length; at += 1) {
      const altered = Buffer.from(wrapped.wrappedKey);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => createVault([OLD]).unwrap({ ...wrapped, wrappedKey: altered }), `byte ${at}`).toThrow();
    }
    const renamed = createVault([{ id: 'other', key: OLD.key }]);
    expect(() => renamed.unwrap({ ...wrapped, masterKeyId: 'other' })).toThrow();
    expect(() => createVault([{ id: OLD.id, key: NEW.key }]).unwrap(wrapped)).toThrow();
    expect(() => vault.unwrap({ ...wrapped, wrappedKey: Buffer.alloc(0) })).toThrow();
  });

  test('an error of the vault holds neither words nor keys', () => {
    const sealed = vault.seal(key, TEXT, PLACE);
    const said = [() => vault.open(key, sealed, 'x'), () => createVault([NEW]).unwrap(vault.newKey())].map((act) => {
      try {
        act();
        return '';
      } catch (error) {
        return error instanceof Error ? `${error.message} ${error.stack}` : '';
      }
    });
    for (const line of said) {
      expect(line).not.toBe('');
      expect(line).not.toMatch(/pengar/);
      expect(line).not.toContain(NEW.key.toString('base64'));
    }
  });

  test('the look-up of a number needs the secret: another secret finds nothing', () => {
    const [one, two] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
    expect(lookupOf(one, '+46701740605')).toEqual(lookupOf(one, '+46701740605'));
    expect(lookupOf(one, '+46701740605')).not.toEqual(lookupOf(two, '+46701740605'));
    expect(lookupOf(one, '+46701740605')).not.toEqual(lookupOf(one, '+46701740606'));
    expect(lookupOf(one, '+46701740605')).toHaveLength(16);
  });
});

describe.each(databases)('numbers and shared secrets on %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = openDatabase(await createDatabase(kind), { poolSize: 6 });
  });
  afterAll(() => database.close());

  test('a number has one row however often it comes at once, is found again, and only the vault can read it', async () => {
    const { db } = database;
    const vault = createVault([OLD]);
    const phones = createPhones(vault, randomBytes(32));
    const found = await Promise.all(
      Array.from({ length: 8 }, () => db.transaction((tx) => phones.findOrAdd(tx, '+46701740605'))),
    );
    expect(new Set(found.map((row) => row.id)).size).toBe(1);
    const [row] = await db.select().from(phone);
    if (!row) throw new Error('no row');
    expect(phones.numberOf(row)).toBe('+46701740605');
    expect(JSON.stringify(row)).not.toContain('701740605');
    const stored = [row.number, row.lookup, row.wrappedKey].map((bytes) => bytes ?? Buffer.alloc(0));
    expect(Buffer.concat(stored).includes(Buffer.from('701740605'))).toBe(false);
    expect(await phones.find(db, '+46701740606')).toBeNull();
    expect(await createPhones(vault, randomBytes(32)).find(db, '+46701740605')).toBeNull();
    expect(() => phones.numberOf({ ...row, id: 'phn_other' })).toThrow();
    expect(createPhones(createVault([NEW, OLD]), randomBytes(32)).numberOf(row)).toBe('+46701740605');

    const stopped = new Date('2026-11-24T10:00:00Z');
    await db.update(phone).set({ number: null, wrappedKey: null, optedOutAt: stopped }).where(eq(phone.id, row.id));
    expect(() => phones.numberOf({ ...row, number: null })).toThrow('destroyed');
    const again = await db.transaction((tx) => phones.findOrAdd(tx, '+46701740605'));
    expect([again.id, again.optedOutAt, phones.numberOf(again)]).toEqual([row.id, stopped, '+46701740605']);
  });

  test('a shared secret is one for all who ask at once, survives a rotation, and another master key does not open it', async () => {
    const { db } = database;
    const vault = createVault([OLD]);
    const asked = await Promise.all(Array.from({ length: 6 }, () => sharedSecret(db, vault, 'tokens')));
    expect(new Set(asked.map((bytes) => bytes.toString('hex'))).size).toBe(1);
    expect(asked[0]).toHaveLength(32);
    expect(await sharedSecret(db, createVault([NEW, OLD]), 'tokens')).toEqual(asked[0]);
    expect(await sharedSecret(db, vault, 'phone-lookup')).not.toEqual(asked[0]);
    await expect(sharedSecret(db, createVault([NEW]), 'tokens')).rejects.toThrow('not configured');
    const rows = await db.select().from(secret);
    for (const row of rows) expect(row.wrapped.includes(asked[0] ?? Buffer.alloc(32))).toBe(false);
    const [first] = rows;
    await db.update(secret).set({ wrapped: first?.wrapped ?? Buffer.alloc(0) });
    await expect(sharedSecret(db, createVault([OLD]), rows[1]?.name ?? '')).rejects.toThrow();
  });
});
