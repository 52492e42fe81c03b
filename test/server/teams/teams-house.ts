import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { type Database, openDatabase } from '../../../db/client.ts';
import { newId } from '../../../db/schema/columns.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { district } from '../../../db/schema/place.ts';
import { type WorkerRole, worker, workerDistrict } from '../../../db/schema/staff.ts';
import { card } from '../../../db/schema/work.ts';
import { createHandler, type StaffPort } from '../../../src/bot/handler.ts';
import { createDoor } from '../../../src/server/auth/door.ts';
import { createTeamsAdapter, type Receiver } from '../../../src/server/channels/teams/adapter.ts';
import { createBotToken } from '../../../src/server/channels/teams/bot-token.ts';
import { createChannelKeys } from '../../../src/server/channels/teams/channel-keys.ts';
import { createConnector } from '../../../src/server/channels/teams/connector.ts';
import { allowServiceHosts } from '../../../src/server/channels/teams/guard.ts';
import { createLine } from '../../../src/server/channels/teams/line.ts';
import { createPace } from '../../../src/server/channels/teams/pace.ts';
import { teamsRoutes } from '../../../src/server/channels/teams/routes.ts';
import type { TeamsSettings } from '../../../src/server/channels/teams/settings.ts';
import { createCardSync } from '../../../src/server/channels/teams/sync-card.ts';
import { createLog, type Log } from '../../../src/server/log.ts';
import { Problem, problem } from '../../../src/server/problem.ts';
import { type FakeConnector, startFakeConnector } from '../../support/fake-connector.ts';
import { createDatabase } from '../../support/postgres.ts';

export const APP = '0f2d1c55-7a0e-4d0e-9b6b-3c2f5f1b7a10';
export const TENANT = '6c1f5a4e-3a77-4d9e-8b11-0d6f2a3b4c5d';
export const CHANNEL = '19:jarva@thread.tacv2';
export const clock = (): Date => new Date();

/** A bot behind its door, with a connector and issuer of our own in Microsoft's place. */
export async function startHouse(staff: StaffPort | null, timeoutMs = 500) {
  const fake = await startFakeConnector(APP);
  const lines: string[] = [];
  const log = createLog('info', (line) => void lines.push(line));
  const settings = {
    appId: APP,
    password: 'secret',
    tenantId: TENANT,
    openIdMetadataUrl: fake.openIdMetadataUrl,
    serviceHosts: [fake.host],
    tokenUrl: fake.tokenUrl,
  };
  const serviceHosts = allowServiceHosts(settings.serviceHosts);
  const connector = createConnector({ token: createBotToken(settings, clock), allowed: serviceHosts, timeoutMs });
  const decide = () => Promise.reject(new Error('a visitor turn in Teams'));
  const app = appWith(createTeamsAdapter(settings, connector, createHandler({ decide, staff })), settings, log);
  return { fake, connector, app, log, lines, settings };
}
export type House = Awaited<ReturnType<typeof startHouse>>;

/** The card sync on a time that moves only when somebody waits. */
export function cardsAt({ db }: Database, house: Pick<House, 'connector' | 'log'>) {
  let now = Date.parse('2026-11-22T16:00:00Z');
  const waits: number[] = [];
  const at = () => new Date(now);
  const wait = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const pace = createPace(at);
  const line = createLine({ pace, clock: at, delay: wait });
  const { connector, log } = house;
  const out = { db, connector, line, pace, log, clock: at, publicUrl: 'https://utvag.example', random: () => 0.5 };
  const sync = createCardSync(out);
  /** Runs it until it no longer asks to be run again. */
  async function settle(id: string): Promise<void> {
    for (let ms = await sync(id, false); ms !== null; ms = await sync(id, false)) now += ms;
  }
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...out, sync, settle, waits, pass };
}

export function appWith(receiver: Receiver, settings: TeamsSettings, log: Log): Hono {
  const app = new Hono();
  app.onError((error, c) => (error instanceof Problem ? problem(c, error.status, error.message) : problem(c, 500)));
  const pass = async (_: unknown, next: () => Promise<void>) => next();
  const guards = { public: pass, visitor: pass, staff: pass, provider: pass, teams: pass, operator: pass, dev: pass };
  const keys = createChannelKeys(settings.openIdMetadataUrl, settings.appId);
  const serviceHosts = allowServiceHosts(settings.serviceHosts);
  teamsRoutes(createDoor(app, guards), { keys, receiver, serviceHosts, log });
  return app;
}

export function message(fake: FakeConnector, text: string, more: Record<string, unknown> = {}) {
  return {
    type: 'message',
    id: newId('act'),
    channelId: 'msteams',
    serviceUrl: fake.serviceUrl,
    timestamp: '2026-11-22T10:00:00.000Z',
    conversation: { id: `${CHANNEL};messageid=1795334000000`, conversationType: 'channel', isGroup: true },
    from: { id: '29:who', aadObjectId: 'coordinator' },
    recipient: { id: `28:${APP}`, name: 'Utväg' },
    channelData: { tenant: { id: TENANT } },
    text: `<at>Utväg</at>&nbsp;${text}`,
    entities: [{ type: 'mention', text: '<at>Utväg</at>', mentioned: { id: `28:${APP}` } }],
    ...more,
  };
}

export const clicked = (fake: FakeConnector, data: unknown, more: Record<string, unknown> = {}) =>
  message(fake, '', {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'claim', data }, trigger: 'manual' },
    text: undefined,
    entities: undefined,
    ...more,
  });

export async function post(house: House, activity: unknown, token?: string): Promise<Response> {
  const bearer = token ?? (await house.fake.token());
  const body = typeof activity === 'string' ? activity : JSON.stringify(activity);
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return house.app.request('/api/messages', { method: 'POST', headers, body });
}

/** A database of one's own with two districts, the city pool and staff known by role or name. */
export async function openCity(): Promise<Database> {
  const database = openDatabase(await createDatabase('embedded'), { poolSize: 4 });
  const { db } = database;
  await db.insert(district).values([
    { slug: 'jarva', name: 'Järva', aliases: ['Rinkeby-Kista', 'Spånga-Tensta'] },
    { slug: 'farsta', name: 'Farsta' },
    { slug: 'staden', name: 'Staden' },
  ]);
  const staff: [string, WorkerRole, string[]][] = [
    ['coordinator', 'coordinator', ['jarva', 'farsta', 'staden']],
    ['alva', 'worker', ['jarva']],
    ['bo', 'worker', ['jarva']],
    ['farsta-worker', 'worker', ['farsta']],
  ];
  for (const [objectId, role, districts] of staff) {
    const id = newId('wrk');
    const name = objectId === 'alva' ? 'Järva 1' : objectId === 'bo' ? 'Järva 2' : objectId;
    await db.insert(worker).values({ id, tenantId: TENANT, objectId, name, role });
    await db.insert(workerDistrict).values(districts.map((slug) => ({ workerId: id, district: slug })));
  }
  return database;
}

export const workerId = async ({ db }: Database, objectId: string): Promise<string> =>
  (await db.select().from(worker).where(eq(worker.objectId, objectId)))[0]?.id ?? '';

type NewConversation = Partial<typeof conversation.$inferInsert>;

export async function addWaiting({ db }: Database, more: NewConversation = {}): Promise<string> {
  const id = newId('cnv');
  await db.insert(conversation).values({
    id,
    threadId: id,
    channel: 'web',
    district: 'jarva',
    owner: 'waiting',
    waitingSince: new Date('2026-11-22T09:41:00Z'),
    risk: 'urgent',
    wrappedKey: Buffer.from('k'),
    masterKeyId: 'm',
    ...more,
  });
  return id;
}

/** Changes the row as the queue's verbs do: with a new version. */
export async function change({ db }: Database, id: string, set: NewConversation): Promise<void> {
  const [row] = await db.select().from(conversation).where(eq(conversation.id, id));
  await db
    .update(conversation)
    .set({ ...set, version: (row?.version ?? 0) + 1 })
    .where(eq(conversation.id, id));
}

export const bind = (
  { db }: Database,
  slug: string,
  serviceUrl: string,
  conversationId = CHANNEL,
  boundAt = '2026-11-22T08:00:00Z',
) =>
  db
    .update(district)
    .set({
      teams: { serviceUrl, conversationId, tenantId: TENANT, botId: `28:${APP}`, boundAt },
    })
    .where(eq(district.slug, slug));

export const cardOf = async ({ db }: Database, id: string) =>
  (await db.select().from(card).where(eq(card.conversationId, id)))[0] ?? null;
