import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { createApp } from '../../src/server/app.ts';
import { readConfig } from '../../src/server/config.ts';
import { openDeps } from '../../src/server/deps.ts';
import { createLog } from '../../src/server/log.ts';
import { startFakeConnector } from './fake-connector.ts';

const APP = '0f2d1c55-7a0e-4d0e-9b6b-3c2f5f1b7a10';
const TENANT = '00000000-0000-0000-0000-00000000de01';
const PLAYGROUND = 'localhost:56150';
const [PORT, PROXY] = [3978, 3979];

/**
 * The service with its bot, for Microsoft 365 Agents Playground to walk. The Playground sends no tokens: a proxy signs what it
 * sends with keys of our own, so that our checks run as they are. Ends with the process; the database is thrown away with it.
 */
async function main(): Promise<void> {
  const keys = await startFakeConnector(APP);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'utvag-walk-'));
  const config = readConfig({
    PORT: String(PORT),
    DATA_DIR: dataDir,
    MASTER_KEYS: `walk:${randomBytes(32).toString('base64')}`,
    MicrosoftAppId: APP,
    MicrosoftAppPassword: 'walk',
    MicrosoftAppTenantId: TENANT,
    BOT_OPENID_METADATA_URL: keys.openIdMetadataUrl,
    BOT_SERVICE_HOSTS: PLAYGROUND,
    BOT_TOKEN_URL: keys.tokenUrl,
  });
  const deps = await openDeps({ config, log: createLog('info') });
  await deps.start();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, async () => {
      await deps.stop();
      await rm(dataDir, { recursive: true, force: true });
      process.exit();
    });
  serve({ fetch: createApp(deps).hono.fetch, hostname: '127.0.0.1', port: PORT });
  const deliver = async (activity: Activity) => {
    const bearer = await keys.token({ serviceurl: activity.serviceUrl });
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    const text = await answer.text();
    process.stdout.write(`${activity.type} ${activity.name ?? activity.action ?? ''} → ${answer.status}\n`);
    return { status: answer.status, text };
  };
  const proxy = createServer(async (request, response) => {
    const sent = await bodyOf(request);
    // The Playground looks first whether anybody is there.
    if (!sent) return response.writeHead(200).end();
    const activity = as(JSON.parse(sent));
    const answer = await deliver(activity);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
    // Its picker of mentions is not easily driven: what a coordinator would write there is written for them.
    if (activity.action === 'add' && activity.conversation.conversationType === 'channel')
      await deliver({ ...activity, type: 'message', action: undefined, id: randomUUID(), text: 'koppla Järva' });
  });
  proxy.listen(PROXY, '127.0.0.1');
  process.stdout.write(
    `The service: http://localhost:${PORT}/. Beside it, after reading the licence (for evaluation; it may send telemetry):\n` +
      `  BROWSER=none npx @microsoft/m365agentsplayground@0.2.28 start -e http://127.0.0.1:${PROXY}/api/messages -c msteams -p 56150 --disable-telemetry\n` +
      `Then open http://${PLAYGROUND}/, look at a channel once (Järva is bound to it), and chat at http://localhost:${PORT}/chat.\n`,
  );
}

interface Activity {
  type: string;
  name?: string;
  action?: string | undefined;
  id?: string;
  text?: string;
  conversation: { conversationType?: string };
  serviceUrl: string;
  from?: { aadObjectId?: string };
  channelData?: Record<string, unknown>;
}

/** Whoever clicks in the Playground is the seeded coordinator or worker of the developer's database. */
function as(activity: Activity): Activity {
  const objectId = activity.type === 'invoke' ? 'dev-jarva-1' : 'dev-admin-1';
  const tenant = { id: TENANT };
  return {
    ...activity,
    from: { ...activity.from, aadObjectId: objectId },
    channelData: { ...activity.channelData, tenant },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

await main();
