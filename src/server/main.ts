import { serve } from '@hono/node-server';
import { DrizzleQueryError } from 'drizzle-orm';
import { createApp } from './app.ts';
import { buildWhenStale } from './build.ts';
import { createSocketServer } from './channels/webchat/streams.ts';
import { readConfig } from './config.ts';
import { openDeps } from './deps.ts';
import { createLog, factsOf } from './log.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  await buildWhenStale(say);
  const deps = await openDeps({ config, log: createLog('info'), say });
  const { hono } = createApp(deps);
  await deps.start();
  const server = serve(
    { fetch: hono.fetch, hostname: config.host, port: config.port, websocket: { server: createSocketServer() } },
    ({ port }) => {
      const here = `http://localhost:${port}`;
      say(`Utväg is open at ${here}/  (chat ${here}/chat, inbox ${here}/inbox/)`);
    },
  );
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say('Closing …');
    const closed = new Promise((resolve) => server.close(resolve));
    await deps.stop();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`Utväg does not start: ${lineOf(error)}\n`);
  process.exit(1);
});

/** One line. A failed query's message holds its parameters, so only its code is shown (DATA §2). */
function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error instanceof DrizzleQueryError) return `a query failed (${factsOf(error)['code'] ?? 'no code'})`;
  return error.message.split('\n')[0] ?? '';
}
