import { once } from 'node:events';
import { type ServerType, serve } from '@hono/node-server';
import { DrizzleQueryError } from 'drizzle-orm';
import { createApp } from './app.ts';
import { buildWhenStale } from './build.ts';
import { createSocketServer } from './channels/webchat/streams.ts';
import { readConfig } from './config.ts';
import { type Deps, openDeps } from './deps.ts';
import { createLog, factsOf } from './log.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  // From the first moment, so that a start is not left half done; for good, because npm passes on a Ctrl+C we have had already.
  const toldToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => resolve());
    if (process.env['npm_lifecycle_event']) whenOrphaned(resolve);
  });
  const config = readConfig(process.env);
  await buildWhenStale(say);
  const deps = await openDeps({ config, log: createLog('info'), say });
  const server = await start(deps).catch(async (error: unknown) => {
    await deps.stop().catch(() => {});
    throw error;
  });
  await toldToStop;
  say('Closing …');
  const closed = new Promise((resolve) => server.close(resolve));
  await deps.stop();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
  process.exit(0);
}

async function start(deps: Deps): Promise<ServerType> {
  const { hono } = createApp(deps);
  await deps.start();
  const { host: hostname, port } = deps.config;
  const server = serve({ fetch: hono.fetch, hostname, port, websocket: { server: createSocketServer() } }, (bound) => {
    const here = `http://localhost:${bound.port}`;
    say(`Utväg is open at ${here}/  (chat ${here}/chat, inbox ${here}/inbox/)`);
  });
  await once(server, 'listening').catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      ? new Error(`PORT ${port} is in use already`)
      : error;
  });
  return server;
}

main().catch((error: unknown) => {
  process.stderr.write(`Utväg does not start: ${lineOf(error)}\n`);
  process.exit(1);
});

/** A signal to `npm start` ends its shell, not the program the shell has begun: losing our parent is the signal. */
function whenOrphaned(tell: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && tell(), 250).unref();
}

/** One line. A failed query's message holds its parameters, so only its code is shown (DATA §2). */
function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error instanceof DrizzleQueryError) return `a query failed (${factsOf(error)['code'] ?? 'no code'})`;
  return error.message.split('\n')[0] ?? '';
}
