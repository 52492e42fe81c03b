import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

export interface MasterKey {
  id: string;
  key: Buffer;
}

export interface WrappedKey {
  wrappedKey: Buffer;
  masterKeyId: string;
}

/** Envelope encryption: a random key per conversation, wrapped by the newest master key. Erasing the wrapped key erases the words (S4). */
export interface Vault {
  newKey(): WrappedKey & { key: KeyObject };
  /** @throws when the master key is unknown or the wrapping has been tampered with. */
  unwrap(wrapped: WrappedKey): KeyObject;
  /** AES-256-GCM, 29 bytes longer than the UTF-8 text. `place` binds the ciphertext to its row: `<conversation>:<seq>`. */
  seal(key: KeyObject, text: string, place: string): Buffer;
  /** @throws when the ciphertext was altered or belongs to another row. */
  open(key: KeyObject, sealed: Buffer, place: string): string;
}

const VERSION = 1;
const CACHED_KEYS = 5_000;

/** @param masterKeys newest first; all are tried by id when unwrapping. */
export function createVault(masterKeys: readonly MasterKey[]): Vault {
  const masters = new Map(masterKeys.map((m) => [m.id, createSecretKey(m.key)]));
  const [newest] = masterKeys;
  if (!newest) throw new Error('at least one master key is needed');
  const cache = new Map<string, KeyObject>();

  return {
    newKey() {
      const raw = randomBytes(32);
      const wrappedKey = encrypt(master(newest.id), raw, newest.id);
      return { key: createSecretKey(raw), wrappedKey, masterKeyId: newest.id };
    },
    unwrap({ wrappedKey, masterKeyId }) {
      const name = wrappedKey.toString('base64');
      const known = cache.get(name);
      if (known) return known;
      const key = createSecretKey(decrypt(master(masterKeyId), wrappedKey, masterKeyId));
      if (cache.size >= CACHED_KEYS) cache.delete(cache.keys().next().value ?? '');
      cache.set(name, key);
      return key;
    },
    seal: (key, text, place) => encrypt(key, Buffer.from(text, 'utf8'), place),
    open: (key, sealed, place) => decrypt(key, sealed, place).toString('utf8'),
  };

  function master(id: string): KeyObject {
    const key = masters.get(id);
    if (!key) throw new Error(`master key ${id} is not configured`);
    return key;
  }
}

/** Keyed, because the space of phone numbers is small enough to enumerate (DATA §6). 16 bytes. */
export const lookupOf = (key: KeyObject, e164: string): Buffer =>
  createHmac('sha256', key).update(e164).digest().subarray(0, 16);

function encrypt(key: KeyObject, plain: Buffer, place: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

function decrypt(key: KeyObject, sealed: Buffer, place: string): Buffer {
  if (sealed[0] !== VERSION) throw new Error('the ciphertext is of no known version');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(13, 29));
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
}
