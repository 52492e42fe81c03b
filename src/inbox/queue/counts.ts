import { sql } from 'drizzle-orm';
import { conversation } from '../../../db/schema/conversation.ts';
import type { Counts } from '../wire.ts';
import { type Actor, asStaff, type Desk } from './desk.ts';

/** How many wait, are mine and are held in my districts, and since when the longest has waited. One part of an index each. */
export async function counts(desk: Desk, actor: Actor): Promise<Counts> {
  return asStaff(desk, actor, async (tx) => {
    const [row] = await tx.execute<{ waiting: string; mine: string; team: string; longest: string | null }>(sql`
      select waiting, longest,
        (select count(*) from ${conversation} where owner = 'worker' and worker_id = ${actor.id}) as mine,
        (select count(*) from ${conversation} where owner = 'worker') as team
      from (select count(*) as waiting, to_json(min(waiting_since)) #>> '{}' as longest from ${conversation} where owner = 'waiting') queue`);
    return {
      waiting: Number(row?.waiting ?? 0),
      mine: Number(row?.mine ?? 0),
      team: Number(row?.team ?? 0),
      longestWaitSince: row?.longest ? new Date(row.longest).toISOString() : null,
    };
  });
}
