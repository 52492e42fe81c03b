import type postgres from 'postgres';
import type { WrappedKey } from '../../../db/vault.ts';

/** How much lies in an inbox. What is neither waiting, held nor with the bot is closed, evenly over three years. */
export interface InboxSize {
  conversations: number;
  waiting: number;
  held: number;
  withBot: number;
}

export const WORKERS = 100;
export const HELD_EACH = 50;
/** `bench-1` … `bench-100` work in the district `(number - 1) % 11` of this list and for the city pool; `bench-all` sees everything. */
export const DISTRICTS = [
  ...['jarva', 'enskede-arsta-vantor', 'farsta', 'hasselby-vallingby', 'bromma', 'hagersten-alvsjo'],
  ...['kungsholmen', 'norra-innerstaden', 'skarpnack', 'skarholmen', 'sodermalm'],
] as const;
export const POOL = 'staden';

/**
 * Fills an empty, migrated database with districts, staff and an inbox of that size, ten messages a conversation (2 to 18), in a
 * few statements of `generate_series`. Bodies are filler of honest length (80 to 200 bytes); nothing can be read in them.
 */
export async function makeInbox(sql: postgres.Sql, size: InboxSize, key: WrappedKey): Promise<void> {
  await sql.begin(async (tx) => {
    // Every reference is right as it is made: looking each of 20 million up again takes longer than making them.
    await tx`set local session_replication_role = replica`;
    await tx`set local work_mem = '256MB'`;
    await tx.unsafe(PEOPLE);
    await tx.unsafe(PLAN);
    await tx`insert into plan select i, 'closed', i, null from generate_series(1, ${closedOf(size)}::int) i`;
    await tx`insert into plan select ${closedOf(size)}::int + i, 'bot', i, null from generate_series(1, ${size.withBot}::int) i`;
    await tx`insert into plan select ${closedOf(size) + size.withBot}::int + i, 'waiting', i, null from generate_series(1, ${size.waiting}::int) i`;
    await tx`insert into plan select ${closedOf(size) + size.withBot + size.waiting}::int + i, 'worker', i, 1 + (i - 1) / ${HELD_EACH}::int
      from generate_series(1, ${size.held}::int) i`;
    await tx.unsafe(PHONES);
    await tx.unsafe(CONVERSATIONS, [size.conversations, key.wrappedKey, key.masterKeyId]);
    for (const statement of [MESSAGES, DELIVERIES, MARKS, EVENTS, REMINDERS]) await tx.unsafe(statement);
  });
  await sql`vacuum analyze`;
}

const closedOf = (size: InboxSize): number => size.conversations - size.waiting - size.held - size.withBot;

const LIST = `array['${DISTRICTS.join("','")}']`;

const PEOPLE = `
insert into district (slug, name, hours) select d, d, jsonb_build_object('holidays', always, 'exceptions', '{}'::jsonb, 'cityDays', '{}'::jsonb,
    'week', (select jsonb_object_agg(day, always) from unnest(array['monday','tuesday','wednesday','thursday','friday','saturday','sunday']) day))
  from unnest(${LIST} || '${POOL}'::text) d, (select '[["00:00", "24:00"]]'::jsonb as always) a on conflict do nothing;
insert into worker (id, tenant_id, object_id, name, role)
  select 'bench-' || w, 'bench', 'bench-' || w, 'Bänk ' || w, case w when 'all' then 'coordinator' else 'worker' end
  from unnest((select array_agg(i::text) from generate_series(1, ${WORKERS}) i) || 'all'::text) w;
insert into worker_district select 'bench-' || i, d from generate_series(1, ${WORKERS}) i,
  unnest(array[(${LIST})[1 + (i - 1) % 11], '${POOL}']) d;
insert into worker_district select 'bench-all', slug from district;
`;

/** One line a conversation: who owns it, its number among those, and the number of its holder. */
const PLAN = 'create temp table plan (i int, owner text, nth int, holder int) on commit drop';

/** A fifth comes by text message. */
const CHANNEL = `case when i % 5 = 0 then 'sms' else 'web' end`;
const ID = (i: string) =>
  `'cnv_' || lpad(to_hex(1700000000000 + ${i}::bigint * 90000), 12, '0') || '7' || substr(md5(${i}::text), 1, 19)`;

const PHONES = `
insert into phone (id, lookup, number, wrapped_key, master_key_id)
  select 'phn_' || i, decode(md5(i::text), 'hex'), '\\x00', '\\x00', 'bench' from plan where owner <> 'closed' and ${CHANNEL} = 'sms'`;

/**
 * A quarter lies in the first district; Swedish is written in seven of ten, one in a thousand is Tigrinya. Everybody who had to
 * hear of those who wait has heard.
 */
const CONVERSATIONS = `
insert into conversation (id, thread_id, channel, phone_id, language, district, owner, worker_id, claim_token, held_since, risk,
  last_seq, version, wrapped_key, master_key_id, created_at, waiting_since, last_visitor_at, last_at, closed_at, outcome, alarm_step)
select id, id, channel, case when owner <> 'closed' and channel = 'sms' then 'phn_' || i end,
  case when i % 1000 = 7 then 'ti' when i % 10 < 7 then 'sv' else (array['en','ar','so'])[1 + i % 3] end,
  case when holder is not null then (${LIST})[1 + (holder - 1) % 11]
    when h % 4 = 0 then 'jarva' when h % 12 = 1 then '${POOL}' else (${LIST})[1 + h % 11] end,
  owner, case when holder is not null then 'bench-' || holder end, case when holder is not null then 'clm_' || i end,
  case when holder is not null then now() end,
  case when h % 50 = 3 then 'emergency' when h % 10 = 2 then 'urgent' when h % 3 = 0 then 'elevated' else 'none' end,
  n, n, $2, $3, born, case when owner = 'waiting' then born + interval '1 minute' end, born + interval '5 minutes',
  born + interval '10 minutes', case when owner = 'closed' then born + interval '1 day' end, case when owner = 'closed' then 'informed' end, 12
from (
  select i, owner, nth, holder, ${ID('i')} as id, ${CHANNEL} as channel, 2 + i % 17 as n, abs(hashint4(i)) as h,
    case when owner = 'closed' then now() - interval '1095 days' * (1 - i::float8 / $1::int) - interval '2 days'
      else now() - interval '20 minutes' - nth * interval '2 seconds' end as born
  from plan
) p order by i`;

const MESSAGES = `
insert into message (conversation_id, seq, author, body, language, channel, external_id, client_id, meta, handled_at, at)
select c.id, s, case s % 2 when 1 then 'visitor' else 'bot' end,
  substr(decode(repeat('5ea1', 100), 'hex'), 1, 80 + (s * 37 + c.n) % 121), c.language, c.channel,
  case s % 2 when 1 then c.id || ':' || s end, case s % 2 when 1 then 'c' || s end,
  case s % 2 when 1 then '{}'::jsonb else '{"topics": ["exit.help"]}'::jsonb end, c.created_at + s * interval '30 seconds',
  c.created_at + s * interval '30 seconds'
from (select *, last_seq as n from conversation order by id) c, generate_series(1, c.last_seq) s`;

const DELIVERIES = `
insert into delivery (id, conversation_id, seq, status)
select 'dlv_' || substr(m.conversation_id, 5) || m.seq, m.conversation_id, m.seq, 'delivered'
from message m where m.channel = 'sms' and m.author = 'bot'`;

/** Three of ten have been read by somebody. */
const MARKS = `
insert into read_mark (worker_id, conversation_id, seq)
select 'bench-' || 1 + i % ${WORKERS}, ${ID('i')}, 1 from plan where i % 10 < 3`;

const EVENTS = `
insert into event (conversation_id, district, kind, version, at)
select id, district, 'waiting', version, created_at from conversation order by created_at`;

const REMINDERS = `
insert into reminder (id, conversation_id, worker_id, due_at, body)
select 'rem_' || substr(id, 5), id, worker_id, now() + interval '1 day', '\\x00' from conversation where owner = 'worker'`;
