import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const TITLES: Record<number, string> = {
  400: 'The request is not understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Somebody was before you',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'The request is not understood',
  429: 'Too many requests',
  500: 'Something went wrong',
  503: 'Not available right now',
};

/** An expected failure with a status and words of our own; anything else thrown becomes a bare 500. */
export class Problem extends Error {
  readonly status: number;
  readonly detail: string | undefined;
  readonly extra: Record<string, string | number>;
  /** @param detail a fixed sentence: never a visitor's words, never an internal message. */
  constructor(status: number, detail?: string, extra: Record<string, string | number> = {}) {
    super(detail ?? TITLES[status] ?? 'Problem');
    this.status = status;
    this.detail = detail;
    this.extra = extra;
  }
}

/** RFC 9457 `application/problem+json`. */
export function problem(c: Context, status: number, detail?: string, extra: Record<string, string | number> = {}) {
  const body = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Problem',
    status,
    ...(detail ? { detail } : {}),
    ...extra,
  };
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, { 'content-type': 'application/problem+json' });
}
