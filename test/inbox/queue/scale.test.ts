import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../db/schema/columns.ts';
import { claim } from '../../../src/inbox/queue/claim.ts';
import { close } from '../../../src/inbox/queue/close.ts';
import { counts } from '../../../src/inbox/queue/counts.ts';
import { type Actor, Refusal } from '../../../src/inbox/queue/desk.ts';
import { list } from '../../../src/inbox/queue/list.ts';
import { release } from '../../../src/inbox/queue/release.ts';
import { type Item, ListQuery } from '../../../src/inbox/wire.ts';
import { ASKED, claimFirst, type Inbox, openInbox } from '../../bench/inbox/open-inbox.ts';
import { createDatabase, databases } from '../../support/postgres.ts';
import { replayPlans } from '../../support/replay-plans.ts';

const SIZE = { conversations: 12_000, waiting: 600, held: 1_500, withBot: 100 };
/** What grows with the years. */
const GROWING = ['conversation', 'message', 'delivery', 'event', 'read_mark', 'audit', 'reminder'];
type Asking = Partial<ListQuery>;

describe.each(databases)('an inbox of 12,000 conversations, on %s', (kind) => {
  let inbox: Inbox;
  beforeAll(async () => {
    inbox = await openInbox(await createDatabase(kind), SIZE, [{ id: 'test', key: randomBytes(32) }]);
  }, 120_000);
  afterAll(() => inbox.stop());

  /** All pages, first to last; `between` is called after each. */
  async function walk(actor: Actor, asking: Asking, between = async (_seen: Item[]) => {}): Promise<Item[]> {
    const seen: Item[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(
        inbox.desk,
        actor,
        ListQuery.parse({ limit: 60, ...asking, ...(cursor ? { cursor } : {}) }),
      );
      seen.push(...page.items);
      cursor = page.next;
      await between(seen);
    } while (cursor);
    return seen;
  }
  const idsOf = (items: Item[]) => items.map((item) => item.id);

  test.each(ASKED)('no table that grows is read from end to end: $kind, $what', async ({ ask }) => {
    const plans = await replayPlans(inbox.options, (db) => ask(inbox, inbox.deskOn(db), 1));
    const scans = plans.flatMap((plan) => plan.scans);
    expect(scans.filter(({ how, table }) => how === 'Seq Scan' && GROWING.includes(table))).toEqual([]);
    expect(scans.some(({ index }) => index?.startsWith('conversation'))).toBe(true);
  });

  test('nor to take a conversation over', async () => {
    const plans = await replayPlans(inbox.options, (db) => claimFirst(inbox, inbox.deskOn(db)));
    const scans = plans.flatMap((plan) => plan.scans);
    expect(scans.length).toBeGreaterThan(3);
    expect(scans.filter(({ how, table }) => how === 'Seq Scan' && GROWING.includes(table))).toEqual([]);
    const { items } = await list(inbox.desk, inbox.city, ListQuery.parse({ view: 'mine' }));
    const [row] = await inbox.sql`select claim_token from conversation where id = ${items[0]?.id ?? ''}`;
    await release(inbox.desk, inbox.city, items[0]?.id ?? '', { claim: String(row?.['claim_token']) });
  });

  test('a page of the whole city reads a page of each district, however much lies there', async () => {
    const query = ListQuery.parse({ view: 'closed', limit: 20 });
    const [keys] = await replayPlans(inbox.options, (db) => list(inbox.deskOn(db), inbox.city, query));
    const rows = keys?.scans.reduce((sum, scan) => sum + scan.rows, 0) ?? 0;
    expect(rows).toBeGreaterThan(20);
    expect(rows).toBeLessThanOrEqual(21 * inbox.city.districts.length);
  });

  test('a list looks up a mark for each row it shows, not every one its reader has ever made', async () => {
    // More than PostgreSQL knows of: its figures are from before they were made.
    await inbox.sql`insert into read_mark (worker_id, conversation_id, seq)
      select 'bench-all', id, 1 from conversation order by id limit 300 on conflict do nothing`;
    const query = ListQuery.parse({ view: 'waiting', limit: 50 });
    const plans = await replayPlans(inbox.options, (db) => list(inbox.deskOn(db), inbox.city, query));
    const marks = plans.flatMap((plan) => plan.scans).filter(({ table }) => table === 'read_mark');
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.reduce((sum, { rows, wasted }) => sum + rows + wasted, 0)).toBeLessThanOrEqual(50);
  });

  test('paging gives every row once, in order, and the filters give the same rows as reading them all', async () => {
    for (const view of ['waiting', 'team'] as const) {
      const all = await walk(inbox.city, { view });
      expect(new Set(idsOf(all)).size).toBe(all.length);
      const ranks = ['emergency', 'urgent', 'elevated', 'none'];
      const order = all.map((item) => ranks.indexOf(item.risk));
      expect(order).toEqual(order.toSorted());
      const some = await walk(inbox.city, { view, channel: 'sms', language: 'sv', district: 'jarva' });
      const fits = ({ channel, language, district }: Item) =>
        channel === 'sms' && language === 'sv' && district === 'jarva';
      expect(idsOf(some)).toEqual(idsOf(all.filter(fits)));
      expect(some.length).toBeLessThan(all.length);
    }
    const closed = await walk(inbox.city, { view: 'closed', language: 'en', limit: 100 });
    const [row] =
      await inbox.sql`select count(*)::int as n from conversation where owner = 'closed' and language = 'en'`;
    expect([closed.length, new Set(idsOf(closed)).size]).toEqual([row?.['n'], row?.['n']]);
  });

  test('a walk through the queue misses none and repeats none while others come and are taken', async () => {
    const before = idsOf(await walk(inbox.city, { view: 'waiting' }));
    const moved = new Set<string>();
    const seen = await walk(inbox.city, { view: 'waiting' }, async (sofar) => {
      await comes();
      for (const id of [sofar.at(-2)?.id, before[(sofar.length * 7) % before.length], sofar[0]?.id]) {
        if (!id || moved.has(id)) continue;
        moved.add(id);
        await claim(inbox.desk, inbox.city, id).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        });
      }
    });
    expect(moved.size).toBeGreaterThan(10);
    expect(new Set(idsOf(seen)).size).toBe(seen.length);
    const stayed = before.filter((id) => !moved.has(id));
    const missed = stayed.filter((id) => !idsOf(seen).includes(id));
    expect(missed).toEqual([]);
  });

  test('a walk through what is closed stays whole while more is closed', async () => {
    const query = { view: 'closed', district: 'farsta', limit: 100 } as const;
    const before = idsOf(await walk(inbox.city, query));
    const [open] = (await walk(inbox.city, { view: 'waiting', district: 'farsta', channel: 'web' })).slice(-1);
    let closing = open?.id;
    const seen = await walk(inbox.city, query, async () => {
      if (!closing) return;
      const { claim: token } = await claim(inbox.desk, inbox.city, closing);
      await close(inbox.desk, inbox.city, closing, token, 'informed');
      closing = undefined;
    });
    expect(idsOf(seen)).toEqual(before);
    expect((await list(inbox.desk, inbox.city, ListQuery.parse(query))).items[0]?.id).toBe(open?.id);
  });

  test('counts are what one can page through, for everybody', async () => {
    for (const actor of [inbox.city, inbox.worker, ...inbox.workers.slice(3, 6)]) {
      const counted = await counts(inbox.desk, actor);
      const waiting = await walk(actor, { view: 'waiting' });
      const since = waiting.map((item) => item.waitingSince ?? '').toSorted();
      expect(counted).toEqual({
        waiting: waiting.length,
        mine: (await walk(actor, { view: 'mine' })).length,
        team: (await walk(actor, { view: 'team' })).length,
        longestWaitSince: since[0],
      });
      expect(waiting.length).toBeGreaterThan(0);
    }
  });

  test('a district that is not one’s own is empty, whatever one asks for', async () => {
    for (const view of ['waiting', 'mine', 'team', 'closed'] as const)
      expect((await list(inbox.desk, inbox.worker, ListQuery.parse({ view, district: 'farsta' }))).items).toEqual([]);
  });

  /** Somebody new begins to wait. */
  async function comes(): Promise<void> {
    const id = newId('cnv');
    await inbox.sql`insert into conversation (id, thread_id, channel, district, owner, risk, waiting_since, wrapped_key, master_key_id)
      select ${id}, ${id}, 'web', district, 'waiting', risk, now(), wrapped_key, master_key_id from conversation
      where owner = 'waiting' order by random() limit 1`;
  }
});

test('a filter that no conversation could have is refused', () => {
  for (const query of [{ channel: 'fax' }, { language: "sv' or 1=1" }, { language: '' }, { view: 'all' }])
    expect(ListQuery.safeParse(query).success).toBe(false);
  expect(ListQuery.parse({ language: 'ckb', channel: 'sms' })).toMatchObject({ language: 'ckb', channel: 'sms' });
});
