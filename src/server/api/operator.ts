import type { Door } from '../auth/door.ts';

export interface OperatorDeps {
  /** Database answers, migrations are done, jobs run. */
  ready(): Promise<boolean>;
  metrics(): Promise<string>;
}

export function operatorRoutes(door: Door, deps: OperatorDeps): void {
  door.on('public', 'get', '/healthz', (c) => c.json({ status: 'ok' }));
  door.on('public', 'get', '/readyz', async (c) => {
    const ready = await deps.ready();
    return c.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503);
  });
  door.on('operator', 'get', '/metrics', async (c) =>
    c.body(await deps.metrics(), 200, { 'content-type': 'text/plain; version=0.0.4' }),
  );
}
