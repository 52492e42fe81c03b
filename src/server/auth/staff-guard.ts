import type { Context, MiddlewareHandler } from 'hono';
import type { Actor } from '../../inbox/queue/desk.ts';
import { Problem } from '../problem.ts';
import { bearerOf } from './door.ts';
import type { StaffSignIn, StaffToken } from './staff-sign-in.ts';

const sessions = new WeakMap<Context, StaffSession>();

export interface StaffSession {
  actor: Actor;
  /** When the token that was shown ends. */
  endsAt: Date;
}

/**
 * Both must grant: the directory an app role, and our own table the same role. So either side can take it away.
 * @param find looks the person up on every request, so that a removal counts on the next one.
 */
export function staffGuard(signIn: StaffSignIn, find: (token: StaffToken) => Promise<Actor | null>): MiddlewareHandler {
  return async (c, next) => {
    const bearer = bearerOf(c);
    const token = bearer ? await signIn.verify(bearer) : null;
    if (!token) throw new Problem(401);
    const actor = await find(token);
    if (!actor || ('roles' in token && !token.roles.includes(actor.role)))
      throw new Problem(403, 'You have no role here yet. Ask your coordinator to add you.', { reason: 'no-role' });
    sessions.set(c, { actor, endsAt: token.endsAt });
    await next();
  };
}

/** The actor that the guard let in. */
export const actorOf = (c: Context): Actor => sessionOf(c).actor;

export function sessionOf(c: Context): StaffSession {
  const session = sessions.get(c);
  if (!session) throw new Problem(401);
  return session;
}
