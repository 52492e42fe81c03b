import type postgres from 'postgres';
import { z } from 'zod';
import type { Check } from './report.ts';

const Counts = z.object({
  conversations: z.number(),
  messages: z.number(),
  gaps: z.number(),
  unhandled: z.number(),
  outOfTurn: z.number(),
  eventsWrong: z.number(),
});

/**
 * Looks at every row a load left behind. Each visitor waited for the reply before writing again, so a conversation must be
 * question, answer, question, answer, without a gap: no reply is missing, none is double.
 */
export async function auditTurns(sql: postgres.Sql, what: string): Promise<Check> {
  const [row] = await sql`
    with per as (
      select c.id, c.last_seq, count(*) as n, max(m.seq) as top,
        count(*) filter (where m.handled_at is null) as unhandled,
        count(*) filter (where (m.seq % 2 = 1) <> (m.author = 'visitor') or m.author not in ('visitor', 'bot')) as wrong
      from conversation c join message m on m.conversation_id = c.id group by c.id
    ), told as (
      select conversation_id as id, count(distinct seq) as n from event where kind = 'message' group by 1
    )
    select count(*)::int as conversations, coalesce(sum(per.n), 0)::int as messages,
      count(*) filter (where last_seq <> per.n or top <> per.n)::int as gaps,
      coalesce(sum(unhandled), 0)::int as unhandled,
      coalesce(sum(wrong), 0)::int + count(*) filter (where per.n % 2 = 1)::int as "outOfTurn",
      count(*) filter (where told.n is distinct from per.n)::int as "eventsWrong"
    from per left join told using (id)`;
  const c = Counts.parse(row);
  const passed = c.messages > 0 && c.gaps + c.unhandled + c.outOfTurn + c.eventsWrong === 0;
  const wrong = `${c.gaps} with gaps, ${c.unhandled} not handled, ${c.outOfTurn} out of turn, ${c.eventsWrong} with wrong events`;
  return { what, passed, found: `${c.conversations} conversations, ${c.messages} messages; ${wrong}` };
}

/** @param acknowledged ids the service gave for messages, `<conversation>|<seq>`. @returns how many are not there with one reply. */
export async function lostOf(sql: postgres.Sql, acknowledged: readonly string[]): Promise<number> {
  const ids = acknowledged.map((id) => id.split('|')[0] ?? '');
  const seqs = acknowledged.map((id) => Number(id.split('|')[1]));
  const [row] = await sql`
    select count(*)::int as lost from unnest(${ids}::text[], ${seqs}::int[]) as a (id, seq)
    where not exists (select from message m
        where m.conversation_id = a.id and m.seq = a.seq and m.author = 'visitor' and m.handled_at is not null)
      or not exists (select from message m
        where m.conversation_id = a.id and m.seq = a.seq + 1 and m.author = 'bot')`;
  return z.object({ lost: z.number() }).parse(row).lost;
}
