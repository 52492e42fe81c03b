import { and, eq, sql } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Reader } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import type { Moment } from '../hours/route.ts';

/** The district it belongs to by place, also while the city pool answers for it. */
export const homeOf = (row: Pick<ConversationRow, 'district' | 'homeDistrict'>): string =>
  row.homeDistrict ?? row.district;

/** In whose queue a waiting conversation is now, as columns of its row. */
export function placedAt(moment: Moment, home: string): Pick<ConversationRow, 'district' | 'homeDistrict'> {
  const { district } = moment.route(home);
  return { district, homeDistrict: district === home ? null : home };
}

/** How many wait before this one in its district: an honest place in line instead of a guessed time (DOMAIN 5.2). */
export async function aheadOf(
  db: Reader,
  row: Pick<ConversationRow, 'id' | 'district' | 'owner' | 'waitingSince' | 'rank'>,
): Promise<number> {
  const before =
    row.owner === 'waiting' && row.waitingSince
      ? sql`(${conversation.rank}, ${conversation.waitingSince}, ${conversation.id}) < (${row.rank}, ${row.waitingSince.toISOString()}::timestamptz, ${row.id})`
      : undefined;
  const [line] = await db
    .select({ n: sql<string>`count(*)` })
    .from(conversation)
    .where(and(sql`${conversation.owner} = 'waiting'`, eq(conversation.district, row.district), before));
  return Number(line?.n ?? 0);
}
