import type { Context } from 'hono';
import type { z } from 'zod';
import { addNote } from '../../inbox/queue/add-note.ts';
import { claim } from '../../inbox/queue/claim.ts';
import { close } from '../../inbox/queue/close.ts';
import { type Actor, type Desk, Refusal } from '../../inbox/queue/desk.ts';
import { handBack } from '../../inbox/queue/hand-back.ts';
import { counts, list } from '../../inbox/queue/list.ts';
import { open } from '../../inbox/queue/open.ts';
import { keepProtected, openProtected } from '../../inbox/queue/protected.ts';
import { release } from '../../inbox/queue/release.ts';
import { reply } from '../../inbox/queue/reply.ts';
import {
  ClaimBody,
  CloseBody,
  HandBackBody,
  ListQuery,
  NoteBody,
  ProtectedBody,
  ReleaseBody,
  ReplyBody,
} from '../../inbox/wire.ts';
import type { Door } from '../auth/door.ts';
import { actorOf } from '../auth/staff-guard.ts';
import { readJson } from '../body.ts';
import { Problem } from '../problem.ts';

export interface InboxApiDeps {
  desk: Desk;
  /** District names for `me`. */
  districtNames(slugs: string[]): Promise<{ slug: string; name: string }[]>;
}

type Verb = (c: Context, actor: Actor, id: string) => Promise<{ status?: 201; body: object }>;

/** The staff API (INTERFACES §3): each route is one verb of the queue. */
export function inboxApi(door: Door, deps: InboxApiDeps): void {
  const { desk } = deps;
  const base = '/api/inbox';

  door.on('staff', 'get', `${base}/me`, async (c) => {
    const { id, name, role, districts } = actorOf(c);
    return c.json({ id, name, role, districts: await deps.districtNames(districts) });
  });
  door.on('staff', 'get', `${base}/counts`, async (c) => c.json(await counts(desk, actorOf(c))));
  door.on('staff', 'get', `${base}/conversations`, async (c) =>
    c.json(await guarded(() => list(desk, actorOf(c), query(c, ListQuery)))),
  );
  door.on('staff', 'get', `${base}/conversations/:id`, async (c) =>
    c.json(await guarded(() => open(desk, actorOf(c), idOf(c)))),
  );

  verb('claim', async (c, actor, id) => {
    await readJson(c, ClaimBody);
    return { body: await claim(desk, actor, id) };
  });
  verb('release', async (c, actor, id) => {
    const body = await readJson(c, ReleaseBody);
    return { body: { conversation: await release(desk, actor, id, body.claim) } };
  });
  verb('hand-back', async (c, actor, id) => {
    const body = await readJson(c, HandBackBody);
    return { body: { conversation: await handBack(desk, actor, id, body.claim) } };
  });
  verb('close', async (c, actor, id) => {
    const body = await readJson(c, CloseBody);
    return { body: { conversation: await close(desk, actor, id, body.claim, body.outcome) } };
  });
  verb('reply', async (c, actor, id) => {
    const body = await readJson(c, ReplyBody);
    return { status: 201, body: { message: await reply(desk, actor, id, body) } };
  });
  verb('note', async (c, actor, id) => {
    const body = await readJson(c, NoteBody);
    return { status: 201, body: { note: await addNote(desk, actor, id, body) } };
  });

  verb('protected', async (c, actor, id) => ({
    body: await openProtected(desk, actor, id, (await readJson(c, ProtectedBody)).claim),
  }));
  verb('keep-protected', async (c, actor, id) => ({
    body: await keepProtected(desk, actor, id, (await readJson(c, ProtectedBody)).claim),
  }));

  function verb(name: string, run: Verb): void {
    door.on('staff', 'post', `${base}/conversations/:id/${name}`, async (c) => {
      const { status, body } = await guarded(() => run(c, actorOf(c), idOf(c)));
      return c.json(body, status ?? 200);
    });
  }
}

const idOf = (c: Context): string => {
  const id = c.req.param('id') ?? '';
  if (!/^cnv_[0-9a-f]{32}$/.test(id)) throw new Problem(404);
  return id;
};

function query<T extends z.ZodType>(c: Context, schema: T): z.infer<T> {
  const parsed = schema.safeParse(c.req.query());
  if (!parsed.success) throw new Problem(400, 'The query does not fit.');
  return parsed.data;
}

const REFUSALS: Record<Refusal['reason'], [number, string?]> = {
  'not-found': [404],
  'bad-cursor': [400, 'The cursor does not fit.'],
  held: [409, 'A colleague has this conversation.'],
  'not-holder': [409, 'You no longer hold this conversation.'],
  'not-open': [409, 'The conversation is closed.'],
  unreachable: [409, 'The person has said no to texts. Nothing can be sent.'],
};

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [status, detail] = REFUSALS[error.reason];
    throw new Problem(status, detail, {
      ...(status === 409 ? { reason: error.reason } : {}),
      ...(error.holder ? { holder: error.holder } : {}),
    });
  }
}
