import { eq, sql } from 'drizzle-orm';
import { type ConversationRow, record } from '../../../db/append.ts';
import { appendAudit } from '../../../db/audit.ts';
import type { Db, Tx } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { district } from '../../../db/schema/place.ts';
import { CITY_POOL, type Moment } from '../hours/route.ts';
import type { Timetable } from '../hours/timetable.ts';
import { type Hub, tellChanged } from '../realtime/hub.ts';
import { homeOf, placedAt } from '../turn/place.ts';
import type { Jobs } from './jobs.ts';

export interface RerouteDeps {
  db: Db;
  jobs: Jobs & { wake(): void };
  hub: Pick<Hub, 'publish'>;
  clock(): Date;
  timetable: Pick<Timetable, 'at'>;
}

/**
 * Keeps every waiting conversation in the queue where people are: to the city pool when its district closes, home again with its
 * place in line when that opens or the pool closes. One that the bot has again is at home.
 */
export function createReroute({ db, jobs, hub, clock, timetable }: RerouteDeps): () => Promise<void> {
  return async () => {
    const moment = timetable.at(clock());
    for (const { id } of await astray(db, moment)) {
      const moved = await db.transaction((tx) => move(tx, id, moment));
      if (!moved) continue;
      tellChanged(hub, moved.row.threadId, moved.from, moved.row.district);
      jobs.wake();
    }
  };

  async function move(tx: Tx, id: string, moment: Moment): Promise<{ from: string; row: ConversationRow } | null> {
    const [row] = await tx.select().from(conversation).where(eq(conversation.id, id)).for('update');
    if (row?.owner !== 'waiting' && row?.owner !== 'bot') return null;
    const home = homeOf(row);
    const place = row.owner === 'waiting' ? placedAt(moment, home) : { district: home, homeDistrict: null };
    if (place.district === row.district && place.homeDistrict === row.homeDistrict) return null;
    const [changed] = await tx
      .update(conversation)
      .set({ ...place, version: row.version + 1 })
      .where(eq(conversation.id, id))
      .returning();
    if (!changed) return null;
    await record(tx, { ...changed, district: row.district }, 'district', moment.now);
    await record(tx, changed, 'district', moment.now);
    await jobs.card(tx, id);
    const detail = { from: row.district, to: changed.district };
    await appendAudit(tx, { actor: 'system', action: 'route', conversationId: id, detail }, moment.now);
    return { from: row.district, row: changed };
  }
}

/** Waiting where nobody is although somebody is elsewhere, and what the bot got back from the pool. */
async function astray(db: Db, moment: Moment): Promise<{ id: string }[]> {
  const slugs = (await db.select({ slug: district.slug }).from(district)).map((row) => row.slug);
  const toPool = slugs.filter((slug) => slug !== CITY_POOL && moment.route(slug).district === CITY_POOL);
  const atHome = slugs.filter((slug) => !toPool.includes(slug));
  const anyOf = (list: string[]) => sql`any (string_to_array(${list.join(',')}, ','))`;
  return db
    .select({ id: conversation.id })
    .from(conversation)
    .where(
      sql`(${conversation.owner} = 'waiting' and ${conversation.owner} <> 'closed'
        and ((${conversation.homeDistrict} is null and ${conversation.district} = ${anyOf(toPool)})
          or ${conversation.homeDistrict} = ${anyOf(atHome)}))
        or (${conversation.owner} = 'bot' and ${conversation.owner} <> 'closed' and ${conversation.homeDistrict} is not null)`,
    )
    .limit(1_000);
}
