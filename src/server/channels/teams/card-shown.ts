import { type SQL, sql } from 'drizzle-orm';
import { conversation } from '../../../../db/schema/conversation.ts';
import { card } from '../../../../db/schema/work.ts';
import { type CardFacts, isRed } from '../../../inbox/cards/conversation-card.ts';

/** What a card calls for: `alarm` is waiting and red. */
export type Look = 'alarm' | 'waiting' | 'bot' | 'worker' | 'closed';

export const lookOf = ({ owner, risk }: CardFacts): Look => (owner === 'waiting' && isRed(risk) ? 'alarm' : owner);

/** All that can be seen on a card; kept on its row, so that it is edited only when something would look different. */
export const shownOf = (facts: CardFacts): string =>
  [lookOf(facts), facts.risk, facts.waitingSince?.toISOString() ?? '-', facts.again ? 'again' : 'first', facts.holder]
    .filter(Boolean)
    .join(' ');

/**
 * A person must look who has not been called for this yet: it has come to wait, or what waits has turned red. Then, and only
 * then, there is a new post; an edit tells nobody (F35).
 * @param shown as `shownOf` wrote it; anything else counts as not called for.
 */
export const mustLook = (shown: string, facts: CardFacts): boolean =>
  call(lookOf(facts)) > call(shown.split(' ')[0] ?? '');

const call = (look: string): number => (look === 'alarm' ? 2 : look === 'waiting' ? 1 : 0);

/** The card's look and the conversation's differ. */
export const looksOtherwise = (): SQL =>
  sql`split_part(${card.state}, ' ', 1) <> case when ${conversation.owner} = 'waiting' and ${conversation.risk} in ('urgent', 'emergency')
    then 'alarm' else ${conversation.owner} end`;
