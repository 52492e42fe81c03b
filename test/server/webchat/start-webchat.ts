import { serve } from '@hono/node-server';
import { eq, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { append, type ConversationRow, type NewMessage } from '../../../db/append.ts';
import { type ConnectionOptions, openDatabase } from '../../../db/client.ts';
import { createPhones } from '../../../db/phones.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { district } from '../../../db/schema/place.ts';
import { createVault } from '../../../db/vault.ts';
import { pageWords } from '../../../src/bot/dialogue/first-words.ts';
import { createPhrases } from '../../../src/bot/words/phrases.ts';
import { createDoor } from '../../../src/server/auth/door.ts';
import { createPrivateLinks } from '../../../src/server/auth/private-link.ts';
import { createStreamTickets } from '../../../src/server/auth/stream-ticket.ts';
import { createVisitorTokens } from '../../../src/server/auth/visitor-token.ts';
import { chatPageRoutes } from '../../../src/server/channels/webchat/chat-page-routes.ts';
import { createOrigins } from '../../../src/server/channels/webchat/origins.ts';
import { linkRoutes } from '../../../src/server/channels/webchat/private-link/link-routes.ts';
import { createSocketServer, createStreams } from '../../../src/server/channels/webchat/streams.ts';
import { visitorGuard } from '../../../src/server/channels/webchat/visitor-guard.ts';
import { type WebchatDeps, webchatRoutes } from '../../../src/server/channels/webchat/webchat-routes.ts';
import { createLog } from '../../../src/server/log.ts';
import { Problem, problem } from '../../../src/server/problem.ts';
import { createLocalHub, type Hub } from '../../../src/server/realtime/hub.ts';
import { lockEpisode, newestEpisode } from '../../../src/server/turn/episode.ts';
import { createReceive } from '../../../src/server/turn/receive.ts';
import type { VisitorActs } from '../../../src/server/turn/visitor-acts.ts';
import { freePort } from '../../support/free-port.ts';
import { createDatabase } from '../../support/postgres.ts';

export const HOST_PAGE = 'http://host.example:4000';

export interface WebchatOptions extends Partial<Pick<WebchatDeps, 'limits' | 'place' | 'erasedOn'>> {
  beatMs?: number;
  hosts?: string[];
  /** One that has been stopped: the same port and the same database. */
  again?: { port: number; connection: ConnectionOptions };
}

/** The web chat alone on a free port: real routes, real database, real receive with deaf ears; staff and bot write with `say`. */
export async function startWebchat(change: WebchatOptions = {}) {
  const connection = change.again?.connection ?? (await createDatabase('embedded'));
  const database = openDatabase(connection, { poolSize: 8 });
  const { db } = database;
  await db.insert(district).values({ slug: 'staden', name: 'Hela staden' }).onConflictDoNothing();
  const vault = createVault([{ id: 'test', key: Buffer.alloc(32, 7) }]);
  const phones = createPhones(vault, Buffer.alloc(32, 8));
  const log = createLog('silent');
  const time = { offsetMs: 0 };
  const clock = () => new Date(Date.now() + time.offsetMs);
  const local = createLocalHub();
  const hub: Hub = { publish: local.dispatch, subscribe: local.subscribe, onGap: local.onGap };
  const jobs = { sms: async () => {}, card: async () => {}, alert: async () => {}, wake: () => {} };
  const acted: string[] = [];
  const acts: VisitorActs = {
    handover: async () => void acted.push('handover'),
    language: async (_thread, tag) => void acted.push(`language ${tag}`),
    typing: async () => void acted.push('typing'),
    async leave(threadId) {
      acted.push('leave');
      await db
        .update(conversation)
        .set({ tokenEpoch: sql`${conversation.tokenEpoch} + 1` })
        .where(eq(conversation.threadId, threadId));
    },
  };
  const ears = {
    mask: (text: string) => ({ text: text.toWellFormed().replaceAll('\0', ''), found: [], first: {} }),
    triage: () => ({ risk: 'none' as const, kinds: [], reasons: [], wantsHuman: false }),
    telling: () => [],
    language: (_text: string, previous: string) => previous,
    consent: () => null,
    keywordReply: () => ({ text: '', id: '' }),
    ownWords: () => null,
  };
  const heard: ((threadId: string) => void)[] = [];
  const receive = createReceive({
    ...{ db, vault, phones, hub, jobs, ears, clock, log },
    wake: () => {},
    burst: { waitMs: 1_000, capMs: 5_000 },
  });

  const app = new Hono();
  const port = change.again?.port ?? (await freePort());
  const publicUrl = `http://127.0.0.1:${port}`;
  const secret = Buffer.alloc(32, 9);
  const tokens = createVisitorTokens(secret, clock);
  const tickets = createStreamTickets(secret, db, clock);
  const origins = createOrigins(change.hosts ?? [HOST_PAGE], publicUrl);
  const pass = async (_c: unknown, next: () => Promise<void>) => next();
  const guard = visitorGuard({ db, tokens, origins });
  const door = createDoor(app, {
    ...{ public: pass, staff: pass, provider: pass, teams: pass, operator: pass, dev: pass },
    visitor: guard,
  });
  const { limits, place, erasedOn, beatMs = 15_000 } = change;
  const read = { db, vault, ...(place ? { place } : {}) };
  const streams = createStreams({ ...read, hub, clock, log, beatMs, isRevoked: tokens.isRevoked });
  const hearing: WebchatDeps['receive'] = async (inbound) => {
    const received = await receive(inbound);
    if (!received.duplicate) for (const listener of heard) listener(received.threadId);
    return received;
  };
  webchatRoutes(door, {
    ...{ ...read, hub, jobs, clock, receive: hearing, acts, tokens, tickets, streams, origins, publicUrl },
    ...(limits ? { limits } : {}),
    ...(erasedOn ? { erasedOn } : {}),
  });
  chatPageRoutes(door, {
    origins,
    publicUrl,
    exitUrl: `${publicUrl}/weather`,
    contacts: () => [{ name: 'Bris', number: '116 111' }],
    ...pageWords(createPhrases()),
  });
  const links = createPrivateLinks(secret, publicUrl);
  linkRoutes(door, { db, links, clock, tokens, origins, exitUrl: `${publicUrl}/weather` });
  // Not kept by the browser: a driver cannot speak with a page that has been woken again.
  app.get('/weather', (c) => c.html('<title>Väder</title><p>Regn i Stockholm.', 200, { 'cache-control': 'no-store' }));
  app.onError((error, c) => (error instanceof Problem ? problem(c, error.status, error.message) : problem(c, 500)));
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1', websocket: { server: createSocketServer() } });
  await new Promise((resolve) => server.once('listening', resolve));

  return {
    again: { port, connection },
    ...{ app, db, vault, hub, gap: local.gap, tokens, tickets, streams, links, receive, phones, time, acted },
    ...{ publicUrl, clock, heard },
    directLine: `${publicUrl}/v3/directline`,
    /** Writes as the bot, a worker or the system, and tells the streams. */
    async say(threadId: string, said: Partial<NewMessage> & { text: string }, set: Partial<ConversationRow> = {}) {
      const seq = await db.transaction(async (tx) => {
        const { row } = await lockEpisode(tx, vault, phones, { channel: 'web', threadId }, 'sv', clock());
        const message = { author: 'bot' as const, language: 'sv', ...said };
        const appended = await append(tx, vault, row, message, clock());
        if (Object.keys(set).length > 0)
          await tx
            .update(conversation)
            .set({ ...set, ownerEpoch: row.ownerEpoch + 1 })
            .where(eq(conversation.id, row.id));
        return appended.seq;
      });
      hub.publish(`thread:${threadId}`, { kind: 'changed' });
      return seq;
    },
    head: (threadId: string) => newestEpisode(db, threadId),
    async stop() {
      streams.stop();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

export type Webchat = Awaited<ReturnType<typeof startWebchat>>;
