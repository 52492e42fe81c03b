import { randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import type { ConnectionOptions } from '../../db/client.ts';
import { createApp } from '../../src/server/app.ts';
import { createSocketServer } from '../../src/server/channels/webchat/streams.ts';
import { readConfig } from '../../src/server/config.ts';
import { openDeps } from '../../src/server/deps.ts';
import { createLog } from '../../src/server/log.ts';
import { freePort } from './free-port.ts';
import { createDatabase, type DatabaseKind } from './postgres.ts';

/** The whole service in this process, on a database of its own and a free port, reached over HTTP like anybody does. */
export interface TestHouse {
  url: string;
  /** Every line the service has logged. */
  logs: string[];
  deps: Awaited<ReturnType<typeof openDeps>>;
  app: ReturnType<typeof createApp>;
  connection: ConnectionOptions;
  /** What time it is in there; moving it moves everything that asks the clock. */
  time: { offsetMs: number; set(iso: string): void };
  stop(): Promise<void>;
}

export interface HouseOptions {
  env?: Record<string, string>;
  /** A connection to use instead of a fresh database. */
  connection?: ConnectionOptions;
  at?: string;
  distDir?: string;
}

const MASTER_KEYS = `test:${randomBytes(32).toString('base64')}`;

export async function startHouse(kind: DatabaseKind, options: HouseOptions = {}): Promise<TestHouse> {
  const connection = options.connection ?? (await createDatabase(kind));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = {
    ...readConfig({
      PORT: String(port),
      PUBLIC_URL: url,
      MASTER_KEYS,
      UTVAG_BURST_WAIT_MS: '30',
      UTVAG_BURST_CAP_MS: '1000',
      UTVAG_TURN_LEASE_MS: '3000',
      ...options.env,
    }),
    connection,
  };
  const logs: string[] = [];
  const time = {
    offsetMs: 0,
    set(iso: string) {
      time.offsetMs = Date.parse(iso) - Date.now();
    },
  };
  if (options.at) time.set(options.at);
  const deps = await openDeps({
    config,
    log: createLog('info', (line) => logs.push(line)),
    clock: () => new Date(Date.now() + time.offsetMs),
    ...(options.distDir ? { distDir: options.distDir } : {}),
  });
  const app = createApp(deps);
  await deps.start();
  const server = serve({
    fetch: app.hono.fetch,
    hostname: '127.0.0.1',
    port,
    websocket: { server: createSocketServer() },
  });
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', resolve)));
  return {
    url,
    logs,
    deps,
    app,
    connection,
    time,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      await deps.stop();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
