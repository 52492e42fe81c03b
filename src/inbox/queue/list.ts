import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import type { ListQuery, Page } from '../wire.ts';
import { type Actor, asStaff, type Desk, Refusal } from './desk.ts';
import { selectItems } from './item.ts';

/** One page of a view: highest risk first, then the longest wait; closed ones newest first. @throws Refusal `bad-cursor`. */
export async function list(desk: Desk, actor: Actor, query: ListQuery): Promise<Page> {
  const after = query.cursor ? decode(query.cursor) : null;
  if (query.cursor && !after) throw new Refusal('bad-cursor');
  return asStaff(desk, actor, async (tx) => {
    const keys = await keysOf(tx, actor, query, after);
    const shown = keys.slice(0, query.limit);
    const ids = shown.map((key) => key.id);
    const read = await selectItems(tx, actor, inArray(conversation.id, ids), orders[query.view], query.limit);
    // One may have changed hands since its key was read.
    const items = read.filter((item) => item.owner === owners[query.view]);
    const last = keys.length > query.limit ? shown.at(-1) : undefined;
    return { items, next: last ? encode(last) : null };
  });
}

type View = ListQuery['view'];
interface Key {
  rank: number;
  at: string;
  id: string;
}

/**
 * The next `limit + 1` keys of a view. Each district's part of an index is read in its own order and at most so far, and the few
 * rows are merged: one scan over many districts would read and sort every conversation in them.
 */
async function keysOf(tx: Tx, actor: Actor, query: ListQuery, after: Key | null): Promise<Key[]> {
  const { view, district, channel, language } = query;
  const where = and(
    view === 'mine' ? undefined : sql`${conversation.district} = mine.district`,
    view === 'mine' && district ? eq(conversation.district, district) : undefined,
    sql`${conversation.owner} = ${sql.raw(`'${owners[view]}'`)}`,
    view === 'mine' ? eq(conversation.workerId, actor.id) : undefined,
    channel ? eq(conversation.channel, channel) : undefined,
    language ? eq(conversation.language, language) : undefined,
    after ? beyond(view, after) : undefined,
  );
  const rank = view === 'closed' ? sql`0 as rank` : conversation.rank;
  const first = sql`select ${rank}, ${time[view]} as at, ${conversation.id} from ${conversation}
    where ${where} order by ${orders[view]} limit ${query.limit + 1}`;
  // A worker's own are few, whatever the districts.
  const mine = district ? [district] : actor.districts;
  const from =
    view === 'mine'
      ? sql`(${first}) one`
      : sql`unnest(${sql.param(mine)}::text[]) as mine (district), lateral (${first}) one`;
  const order = view === 'closed' ? sql`one.at desc, one.id desc` : sql`one.rank, one.at, one.id`;
  const rows = await tx.execute<{ rank: number; at: string; id: string }>(
    sql`select one.rank, to_json(one.at) #>> '{}' as at, one.id from ${from} order by ${order} limit ${query.limit + 1}`,
  );
  return [...rows];
}

/** Written out in the query: with a parameter PostgreSQL could not use the partial indexes (DATA §5 trap a). */
const owners = { waiting: 'waiting', mine: 'worker', team: 'worker', closed: 'closed' } as const;

const time: Record<View, SQL> = {
  waiting: sql`${conversation.waitingSince}`,
  mine: sql`${conversation.createdAt}`,
  team: sql`${conversation.createdAt}`,
  closed: sql`${conversation.closedAt}`,
};

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
