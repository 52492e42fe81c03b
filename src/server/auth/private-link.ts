import { createHmac } from 'node:crypto';

/** Names of private links. Only hashes are stored: the link itself is made anew from its id when its text leaves. */
export interface PrivateLinks {
  /** Neutral and short enough to type on another device: `https://…/l/` and ten letters. */
  urlOf(id: string): string;
  hashOf(token: string): Buffer;
  /** Keyed, because a PIN of four digits could be tried on a copy of the database. */
  pinHashOf(id: string, pin: string): Buffer;
}

export const LINK_LIFE_MS = 15 * 60_000;
/** Crockford's letters, lower case: no two of them look alike. 50 bits in ten. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;
export const LINK_TOKEN = /^[0-9a-hjkmnp-tv-z]{10}$/;

/** @param secret at least 32 bytes, shared by all replicas. */
export function createPrivateLinks(secret: Buffer, publicUrl: string): PrivateLinks {
  const base = publicUrl.replace(/\/+$/, '');
  const digest = (purpose: string, text: string) => createHmac('sha256', secret).update(`${purpose} ${text}`).digest();
  return {
    urlOf(id) {
      const bytes = digest('private-link', id).subarray(0, LENGTH);
      return `${base}/l/${[...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
    },
    hashOf: (token) => digest('private-link-token', token),
    pinHashOf: (id, pin) => digest('private-link-pin', `${id} ${pin}`),
  };
}
