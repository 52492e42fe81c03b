import { createSecretKey, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Db } from '../../../db/client.ts';
import { spentTicket } from '../../../db/schema/work.ts';
import { type Visitor, VisitorClaims } from './visitor-token.ts';

/** Opens one WebSocket. It travels in a URL, so it is worth little: one use, a minute, no other right (MICROSOFT §4.15). */
export interface StreamTickets {
  issue(visitor: Visitor): Promise<string>;
  /** @returns null for a ticket that is forged, expired or already used, on whichever replica. */
  spend(ticket: string): Promise<Visitor | null>;
}

const TICKET_LIFE_S = 60;
const Claims = VisitorClaims.extend({ jti: z.string().min(16), exp: z.number() });

export function createStreamTickets(secret: Buffer, db: Db, clock: () => Date): StreamTickets {
  const key = createSecretKey(secret);
  return {
    issue({ threadId, user, epoch }) {
      const nowS = Math.floor(clock().getTime() / 1000);
      return new SignJWT({ conversation: threadId, user, epoch })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('stream')
        .setJti(randomBytes(16).toString('base64url'))
        .setExpirationTime(nowS + TICKET_LIFE_S)
        .sign(key);
    },
    async spend(ticket) {
      const options = { algorithms: ['HS256'], audience: 'stream', currentDate: clock() };
      const payload = await jwtVerify(ticket, key, options).then(
        (verified) => verified.payload,
        () => null,
      );
      const claims = Claims.safeParse(payload);
      if (!claims.success) return null;
      const { jti, exp, conversation, user, epoch } = claims.data;
      const spent = await db
        .insert(spentTicket)
        .values({ id: jti, expiresAt: new Date(exp * 1000) })
        .onConflictDoNothing()
        .returning({ id: spentTicket.id });
      return spent.length === 1 ? { threadId: conversation, user, epoch } : null;
    },
  };
}
