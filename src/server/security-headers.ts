import type { MiddlewareHandler } from 'hono';

/** Hosts that may show the staff tab in a frame (MICROSOFT §6). */
const TEAMS_FRAMES = 'https://*.cloud.microsoft https://teams.microsoft.com https://*.teams.microsoft.com';

export interface Headers {
  /** Sites that may embed the chat. */
  widgetOrigins: string[];
  /** Developer pages may frame the tab on the same origin. */
  development: boolean;
}

/** The hash of nothing: the tab's styles are rules put into empty style elements, never text in a page. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * No page loads anything from elsewhere (G3), no text becomes markup or code, nothing is cached, no referrer leaves. Pages with
 * styles or scripts inline set their own CSP.
 */
export function securityHeaders({ widgetOrigins, development }: Headers): MiddlewareHandler {
  const self = "'self'";
  const chat = [self, ...widgetOrigins].join(' ');
  const inbox = `${development ? `${self} ` : ''}${TEAMS_FRAMES}`;
  return async (c, next) => {
    await next();
    const headers = c.res.headers;
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    if (headers.has('content-security-policy')) return;
    const styles = c.req.path.startsWith('/inbox') ? `${self} ${EMPTY_STYLE}` : self;
    const frames = c.req.path.startsWith('/inbox') ? inbox : c.req.path === '/chat' ? chat : "'none'";
    headers.set(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ${frames}`,
    );
  };
}
