import type { Context } from 'hono';
import { z } from 'zod';
import { IncomingActivity, type Opened } from '../../../bot/wire.ts';
import type { Door } from '../../auth/door.ts';
import type { StreamTickets } from '../../auth/stream-ticket.ts';
import { TOKEN_LIFE_S, type Visitor, type VisitorTokens } from '../../auth/visitor-token.ts';
import { readJson } from '../../body.ts';
import { Problem } from '../../problem.ts';
import { newestEpisode } from '../../turn/episode.ts';
import { type BucketSize, createBuckets } from './buckets.ts';
import { catchUp, type ReadDeps } from './catch-up.ts';
import { type EraseDeps, eraseThread } from './erase-thread.ts';
import { type Origins, preflight } from './origins.ts';
import { refuse, refusing } from './refuse.ts';
import type { Streams } from './streams.ts';
import { type TakeDeps, takeActivity } from './take-activity.ts';
import { isAlive, visitorOf } from './visitor-guard.ts';
import { type Cursor, cursorOf, watermarkOf } from './watermark.ts';

export interface WebchatDeps extends ReadDeps, EraseDeps, Omit<TakeDeps, 'end'> {
  tokens: VisitorTokens;
  tickets: StreamTickets;
  streams: Streams;
  origins: Origins;
  /** Where browsers reach this server; the stream's address is made of it. */
  publicUrl: string;
  limits?: { tokens: BucketSize; posts: BucketSize };
}

const BASE = '/v3/directline';
const LIMITS = { tokens: { capacity: 300, perSecond: 20 }, posts: { capacity: 120, perSecond: 4 } };
/** 10,000 characters of text, every one of them escaped, and what clients put around it. */
const MAX_ACTIVITY_BYTES = 160 * 1024;

/** Direct Line 3.0 as MICROSOFT §4 found standard clients to need it, on visitors' own short-lived tokens. */
export function webchatRoutes(door: Door, deps: WebchatDeps): void {
  const { tokens, tickets, origins, streams } = deps;
  const strangers = createBuckets(deps.limits?.tokens ?? LIMITS.tokens, deps.clock);
  const posts = createBuckets(deps.limits?.posts ?? LIMITS.posts, deps.clock);
  const one = `${BASE}/conversations/:id`;

  door.on('public', 'post', `${BASE}/tokens/generate`, refusing(generate));
  door.on('visitor', 'post', `${BASE}/tokens/refresh`, async (c) => c.json(await opened(visitorOf(c))));
  door.on('visitor', 'post', `${BASE}/conversations`, refusing(start));
  door.on('visitor', 'get', one, refusing(reconnect));
  door.on('visitor', 'delete', one, refusing(erase));
  door.on('visitor', 'get', `${one}/activities`, refusing(poll));
  door.on('visitor', 'post', `${one}/activities`, refusing(post));
  door.on(
    'public',
    'get',
    `${one}/stream`,
    refusing(async (c, next) => {
      const from = cursorFrom(c);
      const visitor = await tickets.spend(c.req.query('t') ?? '');
      if (visitor?.threadId !== c.req.param('id') || !visitor || !(await isAlive(deps.db, tokens, visitor)))
        return refuse(c, 403, 'TokenExpired', 'The ticket is not valid.');
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Problem(400, 'This is a WebSocket.');
      return streams.accept(c, next, visitor, from);
    }),
  );
  for (const path of [
    '/tokens/generate',
    '/tokens/refresh',
    '/conversations',
    '/conversations/:id',
    '/conversations/:id/activities',
  ])
    door.on('public', 'options', `${BASE}${path}`, preflight(origins));

  async function generate(c: Context): Promise<Response> {
    c.header('Cache-Control', 'no-store');
    if (!origins.admit(c)) return refuse(c, 403, 'Forbidden', 'This page may not use the chat.');
    const waitS = strangers.take('');
    if (waitS > 0) return tooMany(c, waitS);
    await readJson(c, z.unknown(), 8 * 1024);
    return c.json(await opened(tokens.stranger()));
  }

  async function start(c: Context): Promise<Response> {
    await readJson(c, z.unknown(), 8 * 1024);
    const visitor = visitorOf(c);
    const known = await newestEpisode(deps.db, visitor.threadId);
    return c.json(await opened(visitor, await streamUrl(visitor)), known ? 200 : 201);
  }

  async function reconnect(c: Context): Promise<Response> {
    const visitor = visitorOf(c);
    const from = cursorFrom(c);
    return c.json(await opened(visitor, await streamUrl(visitor, from)));
  }

  async function poll(c: Context): Promise<Response> {
    const { activities, at } = await catchUp(deps, visitorOf(c), cursorFrom(c));
    return c.json({ activities, watermark: watermarkOf(at) });
  }

  async function post(c: Context): Promise<Response> {
    const visitor = visitorOf(c);
    const waitS = posts.take(visitor.user);
    if (waitS > 0) return tooMany(c, waitS);
    const activity = await readJson(c, IncomingActivity, MAX_ACTIVITY_BYTES);
    return c.json({ id: await takeActivity({ ...deps, end }, visitor, activity) });
  }

  async function erase(c: Context): Promise<Response> {
    const visitor = visitorOf(c);
    await eraseThread(deps, visitor.threadId);
    end(visitor);
    return c.body(null, 204);
  }

  function end(visitor: Visitor): void {
    tokens.revoke(visitor);
    deps.hub.publish(`thread:${visitor.threadId}`, { kind: 'changed' });
  }

  async function opened(visitor: Visitor, stream?: string): Promise<Opened> {
    const token = await tokens.issue(visitor);
    const known = { conversationId: visitor.threadId, token, expires_in: TOKEN_LIFE_S };
    return stream ? { ...known, streamUrl: stream } : known;
  }

  /** The ticket goes in the URL because a browser's WebSocket can carry nothing else; the bearer token never does (F39). */
  async function streamUrl(visitor: Visitor, from?: Cursor): Promise<string> {
    const url = new URL(`${BASE}/conversations/${visitor.threadId}/stream`, deps.publicUrl);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    if (from) url.searchParams.set('watermark', watermarkOf(from));
    url.searchParams.set('t', await tickets.issue(visitor));
    return url.href;
  }
}

function cursorFrom(c: Context): Cursor {
  const cursor = cursorOf(c.req.query('watermark'));
  if (!cursor) throw new Problem(400, 'The watermark is not one of ours.');
  return cursor;
}

function tooMany(c: Context, waitS: number): Response {
  c.header('Retry-After', String(waitS));
  return refuse(c, 429, 'TooManyRequests', 'Wait a moment and try again.');
}
