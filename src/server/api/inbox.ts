import type { Context } from 'hono';
import type { z } from 'zod';
import { auditLines } from '../../inbox/queue/audit-lines.ts';
import { colleagues } from '../../inbox/queue/colleagues.ts';
import { counts } from '../../inbox/queue/counts.ts';
import type { Desk } from '../../inbox/queue/desk.ts';
import { list } from '../../inbox/queue/list.ts';
import { offers } from '../../inbox/queue/offers.ts';
import { open } from '../../inbox/queue/open.ts';
import { ApprovedQuery, AuditQuery, ListQuery, type Writing } from '../../inbox/wire.ts';
import type { Door } from '../auth/door.ts';
import { actorOf } from '../auth/staff-guard.ts';
import { readJson } from '../body.ts';
import { Problem } from '../problem.ts';
import { inboxVerbs } from './inbox-verbs.ts';
import { guarded } from './refusals.ts';

export interface InboxApiDeps {
  desk: Desk;
  writing: Writing;
  /** District names for `me`. */
  districtNames(slugs: string[]): Promise<{ slug: string; name: string }[]>;
}

/** The staff API (INTERFACES §3): what is read, and each verb of the queue as one route. */
export function inboxApi(door: Door, deps: InboxApiDeps): void {
  const { desk } = deps;
  const base = '/api/inbox';

  door.on('staff', 'get', `${base}/me`, async (c) => {
    const { id, name, role, districts } = actorOf(c);
    return c.json({ id, name, role, districts: await deps.districtNames(districts) });
  });
  door.on('staff', 'get', `${base}/counts`, async (c) => c.json(await counts(desk, actorOf(c))));
  door.on('staff', 'get', `${base}/offers`, async (c) => c.json({ items: await offers(desk, actorOf(c)) }));
  door.on('staff', 'get', `${base}/colleagues`, async (c) => c.json(await colleagues(desk, actorOf(c))));
  door.on('staff', 'get', `${base}/conversations`, async (c) =>
    c.json(await guarded(() => list(desk, actorOf(c), query(c, ListQuery)))),
  );
  door.on('staff', 'get', `${base}/conversations/:id`, async (c) =>
    c.json(await guarded(() => open(desk, actorOf(c), idOf(c.req.param('id'))))),
  );
  door.on('staff', 'get', `${base}/audit`, async (c) => {
    const id = idOf(query(c, AuditQuery).conversation);
    return c.json({ items: await guarded(() => auditLines(desk, actorOf(c), id)) });
  });

  door.on('staff', 'get', `${base}/answers`, async (c) =>
    c.json({ items: await desk.approved(query(c, ApprovedQuery)) }),
  );
  door.on('staff', 'get', `${base}/writing`, (c) => c.json(deps.writing));

  inboxVerbs(desk, (name, schema, run, status) => {
    door.on('staff', 'post', `${base}/conversations/:id/${name}`, async (c) => {
      const id = idOf(c.req.param('id'));
      const body = await readJson(c, schema);
      return c.json(await guarded(() => run(actorOf(c), id, body)), status ?? 200);
    });
  });
}

function idOf(id = ''): string {
  if (!/^cnv_[0-9a-f]{32}$/.test(id)) throw new Problem(404);
  return id;
}

function query<T extends z.ZodType>(c: Context, schema: T): z.infer<T> {
  const parsed = schema.safeParse(c.req.query());
  if (!parsed.success) throw new Problem(400, 'The query does not fit.');
  return parsed.data;
}
