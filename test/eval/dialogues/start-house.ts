import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { startEmbedded } from '../../../db/embedded.ts';
import { createApp } from '../../../src/server/app.ts';
import { createSocketServer } from '../../../src/server/channels/webchat/streams.ts';
import { readConfig } from '../../../src/server/config.ts';
import { openDeps } from '../../../src/server/deps.ts';
import { createLog } from '../../../src/server/log.ts';
import { freePort } from '../../support/free-port.ts';

/** The whole service on a database of its own and a free port, for as long as the dialogues are played. */
export interface House {
  url: string;
  deps: Awaited<ReturnType<typeof openDeps>>;
  /** What time it is in there. */
  setTime(iso: string): void;
  clock(): Date;
  stop(): Promise<void>;
}

/** Durability is not what is measured, and the folder is thrown away. */
const FLAGS = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

export async function startHouse(): Promise<House> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'utvag-eval-'));
  const database = await startEmbedded({ dataDir: path.join(folder, 'data'), flags: FLAGS });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    PUBLIC_URL: url,
    MASTER_KEYS: `eval:${randomBytes(32).toString('base64')}`,
    UTVAG_BURST_WAIT_MS: '0',
    UTVAG_BURST_CAP_MS: '0',
  };
  let offsetMs = 0;
  const clock = () => new Date(Date.now() + offsetMs);
  const config = { ...readConfig(env), connection: database.options };
  const deps = await openDeps({ config, log: createLog('silent'), clock });
  const { hono } = createApp(deps);
  await deps.start();
  const server = serve({ fetch: hono.fetch, hostname: '127.0.0.1', port, websocket: { server: createSocketServer() } });
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', resolve)));
  return {
    url,
    deps,
    clock,
    setTime(iso) {
      offsetMs = Date.parse(iso) - Date.now();
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      await deps.stop();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
