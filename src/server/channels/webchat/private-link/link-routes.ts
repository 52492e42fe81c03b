import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { z } from 'zod';
import { isOffered } from '../../../../bot/widget/texts/catalogue.ts';
import type { Resumed } from '../../../../bot/wire.ts';
import type { Door } from '../../../auth/door.ts';
import { TOKEN_LIFE_S, type VisitorTokens } from '../../../auth/visitor-token.ts';
import { readJson } from '../../../body.ts';
import { createBuckets } from '../buckets.ts';
import { chosen } from '../chat-page-routes.ts';
import type { Origins } from '../origins.ts';
import { refuse, tooMany } from '../refuse.ts';
import { lookAtLink, type OpenLinkDeps, openLink } from './open-link.ts';
import { renderLinkPage } from './render-link-page.ts';

export interface LinkRoutesDeps extends OpenLinkDeps {
  tokens: VisitorTokens;
  origins: Pick<Origins, 'admit'>;
  exitUrl: string;
}

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Guessing at links is slow for everybody together: there are 2^50 of them, and none lives longer than fifteen minutes. */
const GUESSES = { capacity: 120, perSecond: 5 };
const Pin = z.object({ pin: z.string().regex(/^\d{4,8}$/) });

/**
 * `GET /l/<token>` shows the page and changes nothing, because phones fetch links to preview them; `POST {"pin"}` opens the
 * conversation: 200 with what a resumed conversation answers, 403 with the tries that are left, 410 once it is dead, 429.
 */
export function linkRoutes(door: Door, deps: LinkRoutesDeps): void {
  const guesses = createBuckets(GUESSES, deps.clock);

  door.on('public', 'get', '/l/:token', async (c) => {
    const found = guesses.take('') > 0 ? null : await lookAtLink(deps, c.req.param('token') ?? '');
    const theirs = c.req.query('lang') ?? found?.language;
    const language = isOffered(theirs) ? theirs : chosen(c);
    closed(c);
    c.header('Content-Security-Policy', CSP);
    c.header('Content-Language', language);
    return c.html(renderLinkPage(found?.ask ?? null, language, deps.exitUrl), found ? 200 : 410);
  });

  door.on('public', 'post', '/l/:token', async (c) => {
    closed(c);
    if (!deps.origins.admit(c)) return refuse(c, 403, 'Forbidden', 'This page may not use the chat.');
    const waitS = guesses.take('');
    if (waitS > 0) return tooMany(c, waitS);
    const { pin } = await readJson(c, Pin, 1024);
    const opened = await openLink(deps, c.req.param('token') ?? '', pin);
    if (opened.kind === 'dead') return c.json({}, 410);
    if (opened.kind === 'wrong') return c.json({ left: opened.left }, 403);
    const { visitor, watermark } = opened;
    const [token, resumeKey] = await Promise.all([deps.tokens.issue(visitor), deps.tokens.issueResumeKey(visitor)]);
    const conversationId = visitor.threadId;
    return c.json({ conversationId, token, resumeKey, expires_in: TOKEN_LIFE_S, watermark } satisfies Resumed);
  });

  for (const [name, type] of ASSETS) {
    const body = readFileSync(new URL(`./page.${name}`, import.meta.url), 'utf8');
    door.on('public', 'get', `/chat/link.${name}`, (c) => c.body(body, 200, { 'content-type': type }));
  }
}

const ASSETS = [
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
] as const;

/** Nothing of it stays in a cache or leaves with a click (F39, F41). */
function closed(c: Context): void {
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('X-Robots-Tag', 'noindex');
}
