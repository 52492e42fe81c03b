import { createSecretKey, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { newId } from '../../../db/schema/columns.ts';

/** Somebody on the web: a thread and a random name in it, nothing that says who they are. */
export interface Visitor {
  threadId: string;
  /** `dl_…`, as Direct Line clients expect of an id that the server chose. */
  user: string;
  /** The thread's token epoch when the token was made: a later epoch has ended it. */
  epoch: number;
}

export interface VisitorTokens {
  /** A stranger with a thread of their own. Nothing is stored (F56). */
  stranger(): Visitor;
  issue(visitor: Visitor): Promise<string>;
  read(token: string): Promise<Visitor | 'expired' | 'invalid'>;
  /** Ends the tokens of a thread that may have no row to count its epoch in; holds in this process. */
  revoke(visitor: Visitor): void;
  isRevoked(visitor: Visitor): boolean;
}

export const TOKEN_LIFE_S = 30 * 60;

export const VisitorClaims = z.object({
  conversation: z.string().regex(/^cnv_[0-9a-f]{32}$/),
  user: z.string().startsWith('dl_'),
  epoch: z.number().int().min(0),
});

/** Bearer tokens of the web chat: signed, 30 minutes, refreshed while they live. @param secret at least 32 bytes. */
export function createVisitorTokens(secret: Buffer, clock: () => Date): VisitorTokens {
  const key = createSecretKey(secret);
  const ended = new Map<string, number>();
  const nameOf = (v: Visitor) => `${v.threadId}:${v.epoch}`;

  return {
    stranger: () => ({ threadId: newId('cnv'), user: `dl_${randomBytes(12).toString('hex')}`, epoch: 0 }),
    issue({ threadId, user, epoch }) {
      const nowS = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ conversation: threadId, user, epoch })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('visitor')
        .setExpirationTime(nowS + TOKEN_LIFE_S)
        .sign(key);
    },
    async read(token) {
      try {
        const options = { algorithms: ['HS256'], audience: 'visitor', currentDate: clock(), requiredClaims: ['exp'] };
        const { payload } = await jwtVerify(token, key, options);
        const claims = VisitorClaims.safeParse(payload);
        if (!claims.success) return 'invalid';
        return { threadId: claims.data.conversation, user: claims.data.user, epoch: claims.data.epoch };
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
      }
    },
    revoke(visitor) {
      const nowMs = clock().getTime();
      for (const [name, until] of ended) if (until < nowMs) ended.delete(name);
      ended.set(nameOf(visitor), nowMs + TOKEN_LIFE_S * 1000);
    },
    isRevoked: (visitor) => ended.has(nameOf(visitor)),
  };
}
