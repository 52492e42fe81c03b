import { type Context, Hono } from 'hono';
import { FORM, FORM_HEADER } from '../inbox/wire.ts';
import { accessLog } from './access-log.ts';
import { devRoutes } from './api/dev.ts';
import { districtRoutes } from './api/district-routes.ts';
import { inboxApi } from './api/inbox.ts';
import { inboxStream } from './api/inbox-stream.ts';
import { openApi } from './api/openapi.ts';
import { operatorRoutes } from './api/operator.ts';
import { publicPages } from './api/pages.ts';
import { tabPages } from './api/static.ts';
import { createDoor, type Door } from './auth/door.ts';
import { staffGuard } from './auth/staff-guard.ts';
import { isBadValue } from './bad-value.ts';
import { chatPageRoutes } from './channels/webchat/chat-page-routes.ts';
import { linkRoutes } from './channels/webchat/private-link/link-routes.ts';
import { visitorGuard } from './channels/webchat/visitor-guard.ts';
import { webchatRoutes } from './channels/webchat/webchat-routes.ts';
import type { Deps } from './deps.ts';
import { factsOf } from './log.ts';
import { Problem, problem } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

export interface App {
  hono: Hono;
  /** Every route and who may pass it, for the tests that walk them all. */
  door: Door;
}

/** Registers every route behind its guard and does nothing else. */
export function createApp(deps: Deps): App {
  const { config, log } = deps;
  const hono = new Hono();
  hono.use(accessLog(log, deps.metrics));
  hono.use(securityHeaders({ widgetOrigins: config.widgetOrigins, development: !config.production }));
  hono.use('/api/inbox/*', async (c, next) => {
    await next();
    c.header(FORM_HEADER, FORM);
  });
  hono.notFound((c) => problem(c, 404));
  hono.onError((error, c) => {
    if (error instanceof Problem) return problem(c, error.status, error.detail, error.extra);
    if (isBadValue(error)) {
      log.warn('http.bad-value', factsOf(error));
      return problem(c, 400);
    }
    log.error('http.failed', factsOf(error));
    return problem(c, deps.isDatabaseDown(error) ? 503 : 500);
  });

  const door = createDoor(hono, {
    public: (_c, next) => next(),
    visitor: visitorGuard(deps.webchat),
    staff: staffGuard(deps.staffSignIn, deps.findStaff),
    provider: (_c, next) => next(),
    teams: (_c, next) => next(),
    operator: (_c, next) => next(),
    dev: (c, next) => (deps.devSignIn && isOwnMachine(c) ? next() : Promise.resolve(problem(c, 404))),
  });

  webchatRoutes(door, deps.webchat);
  chatPageRoutes(door, deps.chatPage);
  linkRoutes(door, deps.privateLink);
  deps.sms.routes(door);
  deps.teams?.routes(door);
  inboxApi(door, deps.inbox);
  districtRoutes(door, deps.districts);
  inboxStream(door, deps.inboxStream);
  tabPages(door, deps.tabDir);
  publicPages(door, deps.pages);
  openApi(door);
  operatorRoutes(door, deps.operator);
  if (deps.devSignIn) devRoutes(door, { signIn: deps.devSignIn, isWorker: deps.isWorker });
  return { hono, door };
}

/** A proxy on this machine, or a name rebound to it, must not open the developers' doors to the world. */
const isOwnMachine = (c: Context): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(c.req.header('host') ?? '');
