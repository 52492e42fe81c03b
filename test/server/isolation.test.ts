import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { relative, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

/** Tables without a word or an id of a help-seeker; every other one must be isolated. */
const OPEN = ['district', 'neighbourhood', 'postcode_prefix', 'worker', 'worker_district', 'schema_migrations'];
/** No right at all for staff: the service's own. */
const CLOSED = [
  'alert',
  'audit',
  'private_link',
  'secret',
  'seen_text',
  'sender_pace',
  'spent_ticket',
  'withdrawn_answer',
];

describe.each(databases)('isolation of districts in PostgreSQL itself, on %s (F38)', (kind) => {
  let house: TestHouse;
  let sql: postgres.Sql;
  let isolated: string[];
  beforeAll(async () => {
    house = await startHouse(kind);
    sql = postgres({ ...house.connection, max: 1, onnotice: () => {} });
    const jarva = await worker(house, 'jarva-1');
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    await person.says('Rinkeby');
    await until(async () => (await jarva.list()).some((i) => i.district === 'jarva'));
    await jarva.open(person.id);
    await jarva.notes(person.id, 'ring i morgon');
    await person.says('ring mig på 070-174 06 21');
    await jarva.takes(person.id);
    await sql`insert into card (conversation_id, district, service_url, teams_conversation_id, state, version)
      values (${person.id}, 'jarva', 'https://x', 'y', 'open', 1)`;
    await sql`insert into transfer (id, conversation_id, from_worker, from_district, to_district)
      values ('trf_1', ${person.id}, 'jarva-1', 'jarva', 'jarva')`;
    await sql`insert into reminder (id, conversation_id, worker_id, due_at, body) values ('rem_1', ${person.id}, 'jarva-1', now(), '')`;
    await sql`insert into translation (conversation_id, seq, language, body, model) values (${person.id}, 1, 'en', '', 'm')`;
    await sql`insert into break_glass (id, conversation_id, district, worker_id, reason, expires_at)
      values ('brk_1', ${person.id}, 'jarva', 'coordinator-1', 'on-call', now() + interval '1 hour')`;
    const mother = relative(house, '+46701740605');
    await mother.texts_and_gets('min son. Rinkeby');
    await sql`insert into transfer (id, conversation_id, from_worker, from_district, to_district)
      select 'trf_2', id, 'jarva-1', 'jarva', 'jarva' from conversation where channel = 'sms'`;
    await sql`update conversation set district = 'jarva'`;
    await sql`update event set district = 'jarva'`;
    const rows = await sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity order by 1`;
    isolated = rows.map((row) => row.name);
  });
  afterAll(async () => {
    await sql.end();
    await house.stop();
  });

  /** Work as the staff role with a list of districts, undone at the end. `null`: the setting is not made. */
  async function asStaff<T>(districts: string | null, work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> {
    const undone = new Error('undone');
    let result: { value: T } | undefined;
    await sql
      .begin(async (tx) => {
        await tx`set local role utvag_staff`;
        if (districts !== null)
          await tx`select set_config('app.districts', ${districts}, true), set_config('app.worker', 'jarva-1', true)`;
        result = { value: await work(tx) };
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    if (!result) throw new Error('no result');
    return result.value;
  }
  const count = (districts: string | null, table: string) =>
    asStaff(districts, async (tx) => (await tx.unsafe(`select ${columnsOf(table)} from ${table}`)).length);
  const columnsOf = (table: string) => (table === 'phone' ? 'id' : '*');

  test('every table is isolated, open by name or closed to staff: a new one must choose', async () => {
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
    expect(tables.map((t) => t.name).toSorted()).toEqual([...isolated, ...OPEN, ...CLOSED].toSorted());
    const withConversations = await sql<{ name: string }[]>`
      select distinct table_name as name from information_schema.columns
      where table_schema = 'public' and (column_name in ('conversation_id', 'thread_id', 'phone_id') or table_name in ('phone'))`;
    const exposed = withConversations
      .map((t) => t.name)
      .filter((name) => !isolated.includes(name) && !CLOSED.includes(name));
    expect(exposed).toEqual([]);
    const policies = await sql<
      { name: string }[]
    >`select distinct tablename as name from pg_policies where 'utvag_staff' = any(roles)`;
    expect(policies.map((p) => p.name).toSorted()).toEqual(isolated);
  });

  test('the test has something to hide: every isolated table has rows for järva', async () => {
    for (const table of isolated) expect([table, (await count('jarva', table)) > 0]).toEqual([table, true]);
  });

  test.each(['farsta', '', 'JARVA', '{jarva}', 'jarv', 'farsta,staden', "jarva'", '%', null])(
    'with the districts %j no table shows a row, and none can be changed or taken away',
    async (districts) => {
      for (const table of isolated) expect([table, await count(districts, table)]).toEqual([table, 0]);
      const changed = await asStaff(districts, async (tx) => [
        (await tx`update conversation set district = 'farsta' where true`).count,
        (await tx`update conversation set owner = 'bot' where district = 'jarva'`).count,
        (await tx`update message set handled_at = null where true`).count,
        (await tx`update read_mark set seq = 0 where true`).count,
      ]);
      expect(changed).toEqual([0, 0, 0, 0]);
    },
  );

  test('bound to one conversation, a wider list of districts opens that one and no other row of any table', async () => {
    const [first, other] = await sql<
      { id: string }[]
    >`select id from conversation where district = 'jarva' order by id`;
    if (!first || !other) throw new Error('two conversations are needed');
    const keys: Record<string, string> = { conversation: 'id', phone: 'id' };
    const seen = await asStaff('farsta,jarva', async (tx) => {
      await tx`select set_config('app.only', ${first.id}, true)`;
      const rows: [string, string[]][] = [];
      for (const table of isolated.filter((name) => name !== 'phone')) {
        const found = await tx.unsafe<{ id: string }[]>(
          `select distinct ${keys[table] ?? 'conversation_id'} as id from ${table}`,
        );
        rows.push([table, found.map(({ id }) => id)]);
      }
      return rows;
    });
    for (const [table, ids] of seen) expect([table, ids.filter((id) => id !== first.id)]).toEqual([table, []]);
    expect(new Map(seen).get('conversation')).toEqual([first.id]);
    const reach = await asStaff('farsta,jarva', async (tx) => {
      await tx`select set_config('app.only', ${first.id}, true)`;
      return (await tx`update conversation set version = version where id = ${other.id}`).count;
    });
    expect(reach).toBe(0);
  });

  test('a glass is broken in one’s own name and for the one conversation of the transaction', async () => {
    const [row] = await sql<{ id: string }[]>`select id from conversation where district = 'jarva' limit 1`;
    const id = row?.id ?? '';
    const broken = (only: string, who: string, district = 'jarva') =>
      asStaff('farsta,jarva', async (tx) => {
        await tx`select set_config('app.only', ${only}, true)`;
        await tx`insert into break_glass (id, conversation_id, district, worker_id, reason, expires_at)
          values ('brk_2', ${id}, ${district}, ${who}, 'on-call', now())`;
        return 'broken';
      });
    expect(await broken(id, 'jarva-1')).toBe('broken');
    for (const attempt of [
      () => broken('', 'jarva-1'),
      () => broken(id, 'farsta-1'),
      () => broken(id, 'jarva-1', 'farsta'),
    ])
      await expect(attempt()).rejects.toThrow(/row-level security/);
  });

  test('nothing can be put into another district’s conversation, and none of one’s own can be given away', async () => {
    const [row] = await sql<{ id: string }[]>`select id from conversation where district = 'jarva' limit 1`;
    const id = row?.id ?? '';
    const attempts: ((tx: postgres.TransactionSql) => Promise<unknown>)[] = [
      (tx) =>
        tx`insert into conversation (id, thread_id, channel, district, wrapped_key, master_key_id) values ('cnv_x', 'cnv_x', 'web', 'jarva', '', 'k')`,
      (tx) =>
        tx`insert into message (conversation_id, seq, author, body, language, channel) values (${id}, 99, 'worker', '', 'sv', 'web')`,
      (tx) =>
        tx`insert into note (id, conversation_id, worker_id, client_id, body) values ('nte_x', ${id}, 'farsta-1', 'x', '')`,
      (tx) => tx`insert into event (conversation_id, district, kind, version) values (${id}, 'jarva', 'note', 1)`,
      (tx) => tx`insert into read_mark (worker_id, conversation_id, seq) values ('farsta-1', ${id}, 1)`,
      (tx) => tx`insert into delivery (id, conversation_id, seq) values ('dlv_x', ${id}, 1)`,
    ];
    for (const attempt of attempts) await expect(asStaff('farsta', attempt)).rejects.toThrow(/row-level security/);
    await expect(asStaff('jarva', (tx) => tx`update conversation set district = 'farsta'`)).rejects.toThrow(
      /row-level security/,
    );
  });

  test('staff can delete nothing, read no number, no key and no audit row, and loosen nothing', async () => {
    const attempts: string[] = [
      ...isolated.map((table) => `delete from ${table}`),
      ...isolated.map((table) => `truncate ${table} cascade`),
      ...CLOSED.map((table) => `select * from ${table}`),
      ...CLOSED.map((table) => `delete from ${table}`),
      'select number from phone',
      'select lookup from phone',
      'update phone set opted_out_at = null',
      `update message set body = ''`,
      'update worker set role = $$admin$$',
      `insert into worker_district values ('farsta-1', 'jarva')`,
      'alter table conversation disable row level security',
      'drop policy own_district on conversation',
      'create table mine (id int)',
      'select * from pgboss.job',
      `update delivery set status = 'delivered'`,
    ];
    for (const statement of attempts)
      await expect(
        asStaff('jarva', (tx) => tx.unsafe(statement)),
        statement,
      ).rejects.toThrow(/permission denied|must be owner/);
  });

  test('the role has no rights of its own: no login, no bypass, owner of nothing', async () => {
    const [role] =
      await sql`select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'utvag_staff'`;
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false]);
    const owned =
      await sql`select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'utvag_staff'`;
    expect(owned).toHaveLength(0);
  });
});
