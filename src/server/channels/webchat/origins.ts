import type { Context } from 'hono';

/** Which web pages may talk to the chat: our own and those that embed it. */
export interface Origins {
  /** Writes the CORS headers for an allowed page. @returns false for a page that is not. */
  admit(c: Context): boolean;
  /** The allowed foreign origins. */
  readonly hosts: readonly string[];
}

/** @param hosts `WIDGET_ORIGINS`: scheme, host and port each. */
export function createOrigins(hosts: readonly string[], publicUrl: string): Origins {
  const known = new Set([...hosts, publicUrl].map((url) => new URL(url).origin));
  return {
    hosts: hosts.map((url) => new URL(url).origin),
    admit(c) {
      c.header('Vary', 'Origin', { append: true });
      const origin = c.req.header('origin');
      if (origin === undefined) return true;
      if (!known.has(origin)) return isOwnHost(origin, c.req.header('host'));
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', 'Retry-After');
      return true;
    },
  };
}

/** Answers a browser's preflight (MICROSOFT §4.2). */
export function preflight(origins: Origins) {
  return (c: Context): Response => {
    if (!origins.admit(c)) return c.body(null, 403);
    c.header('Access-Control-Allow-Methods', 'GET, POST, DELETE, OPTIONS');
    c.header('Access-Control-Allow-Headers', 'authorization, content-type, x-ms-bot-agent, x-requested-with');
    c.header('Access-Control-Max-Age', '600');
    return c.body(null, 204);
  };
}

/** Our own page, under whichever of our names it was opened (localhost, 127.0.0.1). */
function isOwnHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
}
