import type { Context } from 'hono';
import { z } from 'zod';
import { IncomingActivity, type Opened, type Resumed, TokenWish } from '../../../bot/wire.ts';
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
import { refuse, refusing, tooMany } from './refuse.ts';
import { GUESSES, resume } from './resume.ts';
import { giveReturnCode } from './return-code.ts';
import { type StoredDeps, storedFacts } from './stored-facts.ts';
import type { Streams } from './streams.ts';
import { type TakeDeps, takeActivity } from './take-activity.ts';
import { isAlive, visitorOf } from './visitor-guard.ts';
import { type Cursor, cursorOf, watermarkOf } from './watermark.ts';

export interface WebchatDeps extends ReadDeps, EraseDeps, StoredDeps, Omit<TakeDeps, 'end' | 'returnCode'> {
  tokens: VisitorTokens;
  tickets: StreamTickets;
  streams: Streams;
  origins: Origins;
  /** Where browsers reach this server; the stream's address is made of it. */
  publicUrl: string;
  limits?: Partial<typeof LIMITS>;
}

const BASE = '/v3/directline';
const LIMITS: Record<'tokens' | 'posts' | 'guesses', BucketSize> = {
  tokens: { capacity: 300, perSecond: 20 },
  posts: { capacity: 120, perSecond: 4 },
  guesses: GUESSES,
};
/** 10,000 characters of text, every one of them escaped, and what clients put around it. */
const MAX_ACTIVITY_BYTES = 160 * 1024;

/** Direct Line 3.0 as MICROSOFT §4 found standard clients to need it, on visitors' own short-lived tokens. */
export function webchatRoutes(door: Door, deps: WebchatDeps): void {
  const { tokens, tickets, origins, streams } = deps;
  const strangers = createBuckets(deps.limits?.tokens ?? LIMITS.tokens, deps.clock);
  const posts = createBuckets(deps.limits?.posts ?? LIMITS.posts, deps.clock);
  const guesses = createBuckets(deps.limits?.guesses ?? LIMITS.guesses, deps.clock);
  const one = `${BASE}/conversations/:id`;

  door.on('public', 'post', `${BASE}/tokens/generate`, refusing(generate));
  door.on('visitor', 'post', `${BASE}/tokens/refresh`, refusing(refresh));
  door.on('public', 'post', `${BASE}/conversations/resume`, refusing(comeBack));
  door.on('visitor', 'post', `${BASE}/conversations`, refusing(start));
  door.on('visitor', 'get', one, refusing(reconnect));
  door.on('visitor', 'delete', one, refusing(erase));
  door.on('visitor', 'get', `${one}/stored`, async (c) => {
    return c.json({ stored: await storedFacts(deps, visitorOf(c).threadId) });
  });
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
    '/conversations/resume',
    '/conversations/:id',
    '/conversations/:id/stored',
    '/conversations/:id/activities',
  ])
    door.on('public', 'options', `${BASE}${path}`, preflight(origins));

  async function generate(c: Context): Promise<Response> {
    const refused = stranger(c);
    if (refused) return refused;
    const { resumable } = await readJson(c, TokenWish, 8 * 1024);
    return c.json(await opened(tokens.stranger(), { resumable }));
  }

  async function refresh(c: Context): Promise<Response> {
    const { resumable } = await readJson(c, TokenWish, 8 * 1024);
    return c.json(await opened(visitorOf(c), { resumable }));
  }

  /** Only our own client comes back like this, so the tab gets a key at once. */
  async function comeBack(c: Context): Promise<Response> {
    const refused = stranger(c);
    if (refused) return refused;
    const back = await resume({ ...deps, guesses }, c);
    if (back instanceof Response) return back;
    const { visitor, watermark } = back;
    const answer: Resumed = await opened(visitor, { resumable: true });
    return c.json(watermark ? { ...answer, watermark } : answer);
  }

  /** What may stop somebody without a token. */
  function stranger(c: Context): Response | null {
    c.header('Cache-Control', 'no-store');
    if (!origins.admit(c)) return refuse(c, 403, 'Forbidden', 'This page may not use the chat.');
    const waitS = strangers.take('');
    return waitS > 0 ? tooMany(c, waitS) : null;
  }

  async function start(c: Context): Promise<Response> {
    await readJson(c, z.unknown(), 8 * 1024);
    const visitor = visitorOf(c);
    const known = await newestEpisode(deps.db, visitor.threadId);
    return c.json(await opened(visitor, { streamUrl: await streamUrl(visitor) }), known ? 200 : 201);
  }

  async function reconnect(c: Context): Promise<Response> {
    const visitor = visitorOf(c);
    const from = cursorFrom(c);
    return c.json(await opened(visitor, { streamUrl: await streamUrl(visitor, from) }));
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
    return c.json(await takeActivity({ ...deps, end, returnCode }, visitor, activity));
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

  const returnCode = (visitor: Visitor) => giveReturnCode(deps, visitor.threadId);

  async function opened(visitor: Visitor, also: { streamUrl?: string; resumable?: boolean | undefined } = {}) {
    const token = await tokens.issue(visitor);
    const answer: Opened = { conversationId: visitor.threadId, token, expires_in: TOKEN_LIFE_S };
    if (also.streamUrl) answer.streamUrl = also.streamUrl;
    if (also.resumable) answer.resumeKey = await tokens.issueResumeKey(visitor);
    return answer;
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
