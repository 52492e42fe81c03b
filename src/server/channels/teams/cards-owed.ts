import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader } from '../../../../db/client.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import { district } from '../../../../db/schema/place.ts';
import { card } from '../../../../db/schema/work.ts';
import { looksOtherwise } from './card-shown.ts';

/**
 * Conversations whose card is not what it should be although their district has a place for it. Waiting ones without a card:
 * Teams was away for long, or the district has only now been bound, or bound anew after its channel was lost. Others with a card
 * that still shows an earlier state: its edit was given up. @returns ids, longest wait first.
 */
export async function cardsOwed(db: Reader, waitingBefore: Date): Promise<string[]> {
  const boundSince = sql`(${district.teams} ->> 'boundAt')::timestamptz > ${card.updatedAt}`;
  const unposted = or(isNull(card.state), and(isNotNull(card.error), boundSince));
  const behind = and(
    isNull(card.error),
    isNotNull(card.activityId),
    lt(card.updatedAt, waitingBefore),
    looksOtherwise(),
  );
  const rows = await db
    .select({ id: conversation.id })
    .from(conversation)
    .innerJoin(district, and(eq(district.slug, conversation.district), isNotNull(district.teams)))
    .leftJoin(card, eq(card.conversationId, conversation.id))
    .where(or(and(eq(conversation.owner, 'waiting'), lt(conversation.waitingSince, waitingBefore), unposted), behind))
    .orderBy(conversation.waitingSince)
    .limit(200);
  return rows.map(({ id }) => id);
}
