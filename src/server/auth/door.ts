import type { Context, Handler, Hono, MiddlewareHandler } from 'hono';

/**
 * Who may pass a route. `visitor` and `staff` carry a bearer token checked here; `provider` and `teams` verify the vendor's
 * signature on the raw body in their own handler; `operator` and `dev` are served only where the configuration allows them.
 */
export type Access = 'public' | 'visitor' | 'staff' | 'provider' | 'teams' | 'operator' | 'dev';
export type Method = 'get' | 'post' | 'put' | 'delete' | 'options';
export type Guards = Record<Access, MiddlewareHandler>;

export interface Door {
  /** Registers a route behind its guard. It is the only way in: a path that was never registered answers 404. */
  on(access: Access, method: Method, path: string, handler: Handler): void;
  routes(): readonly { access: Access; method: Method; path: string }[];
}

export function createDoor(app: Hono, guards: Guards): Door {
  const list: { access: Access; method: Method; path: string }[] = [];
  return {
    on(access, method, path, handler) {
      list.push({ access, method, path });
      app.on(method.toUpperCase(), path, guards[access], handler);
    },
    routes: () => list,
  };
}

/** The token of `Authorization: Bearer …`, or null. */
export function bearerOf(c: Context): string | null {
  return /^Bearer ([\w.~+/=-]+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? null;
}
