import type { Context, MiddlewareHandler } from 'hono';
import type { Actor } from '../../inbox/queue/desk.ts';
import { Problem } from '../problem.ts';
import { bearerOf } from './door.ts';
import type { StaffSignIn, StaffToken } from './staff-sign-in.ts';

const actors = new WeakMap<Context, Actor>();

/** @param find looks the person up on every request, so that a removal counts on the next one. */
export function staffGuard(signIn: StaffSignIn, find: (token: StaffToken) => Promise<Actor | null>): MiddlewareHandler {
  return async (c, next) => {
    const bearer = bearerOf(c);
    const token = bearer ? await signIn.verify(bearer) : null;
    if (!token) throw new Problem(401);
    const actor = await find(token);
    if (!actor) throw new Problem(403, 'You have no role here yet. Ask your coordinator to add you.');
    actors.set(c, actor);
    await next();
  };
}

/** The actor that the guard let in. */
export function actorOf(c: Context): Actor {
  const actor = actors.get(c);
  if (!actor) throw new Problem(401);
  return actor;
}
