import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { conversation } from '../../../db/schema/conversation.ts';
import type { Counts, ListQuery, Page } from '../wire.ts';
import { type Actor, asStaff, type Desk, Refusal } from './desk.ts';
import { selectItems } from './item.ts';

/** One page of a view: highest risk first, then the longest wait; closed ones newest first. @throws Refusal `bad-cursor`. */
export async function list(desk: Desk, actor: Actor, query: ListQuery): Promise<Page> {
  return asStaff(desk, actor, async (tx) => {
    const after = query.cursor ? decode(query.cursor) : null;
    if (query.cursor && !after) throw new Refusal('bad-cursor');
    const where = and(
      views[query.view](actor),
      query.district ? eq(conversation.district, query.district) : undefined,
      after ? beyond(query.view, after) : undefined,
    );
    const items = await selectItems(tx, actor, where, orders[query.view], query.limit + 1);
    const shown = items.slice(0, query.limit);
    const last = shown.at(-1);
    if (items.length <= query.limit || !last) return { items: shown, next: null };
    const [key] = await tx
      .select({ rank: conversation.rank, at: keyTime(query.view) })
      .from(conversation)
      .where(eq(conversation.id, last.id));
    return { items: shown, next: key ? encode({ ...key, id: last.id }) : null };
  });
}

/** How many wait, are mine and are held in my districts, and since when the longest has waited. */
export async function counts(desk: Desk, actor: Actor): Promise<Counts> {
  return asStaff(desk, actor, async (tx) => {
    const [row] = await tx
      .select({
        waiting: sql<string>`count(*) filter (where ${conversation.owner} = 'waiting')`,
        mine: sql<string>`count(*) filter (where ${conversation.owner} = 'worker' and ${conversation.workerId} = ${actor.id})`,
        team: sql<string>`count(*) filter (where ${conversation.owner} = 'worker')`,
        longest: sql<
          string | null
        >`to_json(min(${conversation.waitingSince}) filter (where ${conversation.owner} = 'waiting')) #>> '{}'`,
      })
      .from(conversation)
      .where(sql`${conversation.owner} <> 'closed'`);
    return {
      waiting: Number(row?.waiting ?? 0),
      mine: Number(row?.mine ?? 0),
      team: Number(row?.team ?? 0),
      longestWaitSince: row?.longest ? new Date(row.longest).toISOString() : null,
    };
  });
}

type View = ListQuery['view'];
interface Key {
  rank: number;
  at: string;
  id: string;
}

// The literal owner lets PostgreSQL use the partial indexes (DATA §5 trap a).
const views: Record<View, (actor: Actor) => SQL | undefined> = {
  waiting: () => sql`${conversation.owner} = 'waiting' and ${conversation.owner} <> 'closed'`,
  mine: (actor) => and(sql`${conversation.owner} = 'worker'`, eq(conversation.workerId, actor.id)),
  team: () => sql`${conversation.owner} = 'worker' and ${conversation.owner} <> 'closed'`,
  closed: () => and(sql`${conversation.owner} = 'closed'`, isNotNull(conversation.closedAt)),
};

const time: Record<View, SQL> = {
  waiting: sql`${conversation.waitingSince}`,
  mine: sql`${conversation.createdAt}`,
  team: sql`${conversation.createdAt}`,
  closed: sql`${conversation.closedAt}`,
};
const keyTime = (view: View) => sql<string>`to_json(${time[view]}) #>> '{}'`;

const urgentFirst = (view: View) => sql`${conversation.rank}, ${time[view]}, ${conversation.id}`;
const orders: Record<View, SQL> = {
  waiting: urgentFirst('waiting'),
  mine: urgentFirst('mine'),
  team: urgentFirst('team'),
  closed: sql`${conversation.closedAt} desc, ${conversation.id} desc`,
};

const beyond = (view: View, { rank, at, id }: Key): SQL =>
  view === 'closed'
    ? sql`(${conversation.closedAt}, ${conversation.id}) < (${at}::timestamptz, ${id})`
    : sql`(${conversation.rank}, ${time[view]}, ${conversation.id}) > (${rank}, ${at}::timestamptz, ${id})`;

const encode = (key: Key): string => Buffer.from(`${key.rank}|${key.at}|${key.id}`).toString('base64url');
function decode(cursor: string): Key | null {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, rank, at, id] =
    /^([0-3])\|(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))\|(cnv_[0-9a-f]{32})$/.exec(text) ?? [];
  return rank && at && id && !Number.isNaN(Date.parse(at)) ? { rank: Number(rank), at, id } : null;
}
