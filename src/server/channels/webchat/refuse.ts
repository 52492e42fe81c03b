import type { Context, Handler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Problem } from '../../problem.ts';

/** Direct Line's error codes that standard clients know, and ours for what it has no word for. */
export type RefusalCode =
  | 'BadArgument'
  | 'Unauthorized'
  | 'TokenExpired'
  | 'Forbidden'
  | 'NotFound'
  | 'Conflict'
  | 'MessageSizeTooBig'
  | 'TooManyRequests';

/** A refusal that both worlds read: RFC 9457 members around Direct Line's `{error: {code, message}}`. */
export function refuse(c: Context, status: ContentfulStatusCode, code: RefusalCode, message: string): Response {
  const body = { type: 'about:blank', title: message, status, error: { code, message } };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

/** Says when to come again. */
export function tooMany(c: Context, waitS: number): Response {
  c.header('Retry-After', String(waitS));
  return refuse(c, 429, 'TooManyRequests', 'Wait a moment and try again.');
}

/** Answers a handler's expected failures in Direct Line's shape; anything else is the app's to answer. */
export function refusing(handler: Handler): Handler {
  return async (c, next) => {
    try {
      return await handler(c, next);
    } catch (error) {
      const known = error instanceof Problem ? KNOWN[error.status] : undefined;
      if (!known || !(error instanceof Problem)) throw error;
      return refuse(c, ...known, error.message);
    }
  };
}

const KNOWN: Record<number, [ContentfulStatusCode, RefusalCode]> = {
  400: [400, 'BadArgument'],
  401: [401, 'Unauthorized'],
  404: [404, 'NotFound'],
  409: [409, 'Conflict'],
  413: [413, 'MessageSizeTooBig'],
};
