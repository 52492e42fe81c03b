import { eq, sql } from 'drizzle-orm';
import type { Context, MiddlewareHandler } from 'hono';
import type { Db } from '../../../../db/client.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import { bearerOf } from '../../auth/door.ts';
import type { Visitor, VisitorTokens } from '../../auth/visitor-token.ts';
import { Problem } from '../../problem.ts';
import type { Origins } from './origins.ts';
import { refuse } from './refuse.ts';

export interface GuardDeps {
  db: Db;
  tokens: VisitorTokens;
  origins: Origins;
}

/**
 * Lets a visitor through to their own thread: 401 for a token that is missing or not ours, 403 `TokenExpired` for one that has
 * run out or been ended by leaving or erasing, 404 for anybody else's conversation.
 */
export function visitorGuard({ db, tokens, origins }: GuardDeps): MiddlewareHandler {
  return async (c, next) => {
    c.header('Cache-Control', 'no-store');
    if (!origins.admit(c)) return refuse(c, 403, 'Forbidden', 'This page may not use the chat.');
    const bearer = bearerOf(c);
    const visitor = bearer ? await tokens.read(bearer) : 'invalid';
    if (visitor === 'invalid') return refuse(c, 401, 'Unauthorized', 'A valid token is needed.');
    if (visitor === 'expired' || !(await isAlive(db, tokens, visitor)))
      return refuse(c, 403, 'TokenExpired', 'The token has expired.');
    const id = c.req.param('id');
    if (id !== undefined && id !== visitor.threadId)
      return refuse(c, 404, 'NotFound', 'There is no such conversation.');
    c.set('visitor', visitor);
    return next();
  };
}

/** Who the guard has let in. @throws Problem 401 on a route without the guard. */
export function visitorOf(c: Context): Visitor {
  const visitor: Visitor | undefined = c.get('visitor');
  if (!visitor) throw new Problem(401);
  return visitor;
}

/** False once somebody has left or erased the thread. */
export async function isAlive(db: Db, tokens: VisitorTokens, visitor: Visitor): Promise<boolean> {
  if (tokens.isRevoked(visitor)) return false;
  const [thread] = await db
    .select({ epoch: sql<number | null>`max(${conversation.tokenEpoch})` })
    .from(conversation)
    .where(eq(conversation.threadId, visitor.threadId));
  return (thread?.epoch ?? 0) === visitor.epoch;
}
