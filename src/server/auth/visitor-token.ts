import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
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
  /** For one tab: wakes its conversation after a sleep that the token did not outlive, and does nothing else. */
  issueResumeKey(visitor: Visitor): Promise<string>;
  readResumeKey(key: string): Promise<Visitor | 'expired' | 'invalid'>;
  /** What is stored of a return code. Keyed, so that a copy of the database is not enough to try codes on. */
  hashOf(returnCode: string): Buffer;
  /** Ends the tokens of a thread that may have no row to count its epoch in; holds in this process. */
  revoke(visitor: Visitor): void;
  isRevoked(visitor: Visitor): boolean;
}

export const TOKEN_LIFE_S = 30 * 60;
/** Longer than the longest run of days on which nobody answers (Christmas, Easter). */
export const RESUME_KEY_LIFE_S = 5 * 24 * 60 * 60;

export const VisitorClaims = z.object({
  conversation: z.string().regex(/^cnv_[0-9a-f]{32}$/),
  user: z.string().startsWith('dl_'),
  epoch: z.number().int().min(0),
});

/** Bearer tokens of the web chat: signed, 30 minutes, refreshed while they live. @param secret at least 32 bytes. */
export function createVisitorTokens(secret: Buffer, clock: () => Date): VisitorTokens {
  const key = createSecretKey(secret);
  const codeKey = createHmac('sha256', secret).update('return-code').digest();
  const ended = new Map<string, number>();
  const nameOf = (v: Visitor) => `${v.threadId}:${v.epoch}`;

  return {
    stranger: () => ({ threadId: newId('cnv'), user: `dl_${randomBytes(12).toString('hex')}`, epoch: 0 }),
    issue: (visitor) => sign(visitor, 'visitor', TOKEN_LIFE_S),
    read: (token) => verify(token, 'visitor'),
    issueResumeKey: (visitor) => sign(visitor, 'resume', RESUME_KEY_LIFE_S),
    readResumeKey: (resumeKey) => verify(resumeKey, 'resume'),
    hashOf: (returnCode) => createHmac('sha256', codeKey).update(returnCode).digest(),
    revoke(visitor) {
      const nowMs = clock().getTime();
      for (const [name, until] of ended) if (until < nowMs) ended.delete(name);
      ended.set(nameOf(visitor), nowMs + TOKEN_LIFE_S * 1000);
    },
    isRevoked: (visitor) => ended.has(nameOf(visitor)),
  };

  function sign({ threadId, user, epoch }: Visitor, audience: string, lifeS: number): Promise<string> {
    return new SignJWT({ conversation: threadId, user, epoch })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setExpirationTime(Math.floor(clock().getTime() / 1000) + lifeS)
      .sign(key);
  }

  async function verify(token: string, audience: string): Promise<Visitor | 'expired' | 'invalid'> {
    try {
      const options = { algorithms: ['HS256'], audience, currentDate: clock(), requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, key, options);
      const claims = VisitorClaims.safeParse(payload);
      if (!claims.success) return 'invalid';
      return { threadId: claims.data.conversation, user: claims.data.user, epoch: claims.data.epoch };
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
    }
  }
}
