import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Log } from './log.ts';

export interface Traffic {
  /** Requests by route pattern and status class, for `/metrics`. */
  count(route: string, status: number): void;
}

/** One line a request: pattern, status, time. Never an address, agent, query or body (G2). */
export function accessLog(log: Log, traffic: Traffic): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now();
    await next();
    const route = routePath(c, -1);
    const id = randomUUID();
    c.res.headers.set('x-request-id', id);
    traffic.count(`${c.req.method} ${route}`, c.res.status);
    log.info('http', {
      id,
      method: c.req.method,
      route,
      status: c.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
    });
  };
}
