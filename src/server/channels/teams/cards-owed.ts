import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Reader } from '../../../../db/client.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import { district } from '../../../../db/schema/place.ts';
import { card } from '../../../../db/schema/work.ts';

/**
 * Waiting conversations without a card although their district has a place for it: Teams was away for long, or the district has
 * only now been bound. @returns ids, longest wait first.
 */
export async function cardsOwed(db: Reader, waitingBefore: Date): Promise<string[]> {
  const rows = await db
    .select({ id: conversation.id })
    .from(conversation)
    .innerJoin(district, and(eq(district.slug, conversation.district), isNotNull(district.teams)))
    .leftJoin(card, eq(card.conversationId, conversation.id))
    .where(and(eq(conversation.owner, 'waiting'), lt(conversation.waitingSince, waitingBefore), isNull(card.state)))
    .orderBy(conversation.waitingSince)
    .limit(200);
  return rows.map(({ id }) => id);
}
