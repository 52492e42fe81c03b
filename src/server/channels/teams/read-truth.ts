import { eq } from 'drizzle-orm';
import type { Reader } from '../../../../db/client.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import { district, type TeamsReference } from '../../../../db/schema/place.ts';
import { worker } from '../../../../db/schema/staff.ts';
import { type CardFacts, inboxLink, type Links } from '../../../inbox/cards/conversation-card.ts';

/** A conversation as its card should show it, and where that card goes. */
export interface Truth {
  facts: CardFacts;
  /** Slug of the district. */
  district: string;
  /** Null while the district is not bound to a Teams conversation. */
  teams: TeamsReference | null;
}

/** @returns null when the conversation does not exist (any more). */
export async function readTruth(db: Reader, links: Links, id: string): Promise<Truth | null> {
  const [row] = await db
    .select({
      version: conversation.version,
      owner: conversation.owner,
      risk: conversation.risk,
      channel: conversation.channel,
      waitingSince: conversation.waitingSince,
      previous: conversation.previousWorkerId,
      holder: worker.name,
      district: district.slug,
      name: district.name,
      teams: district.teams,
    })
    .from(conversation)
    .innerJoin(district, eq(district.slug, conversation.district))
    .leftJoin(worker, eq(worker.id, conversation.workerId))
    .where(eq(conversation.id, id));
  if (!row) return null;
  const { version, owner, risk, channel, waitingSince, previous, holder } = row;
  const facts = { version, owner, risk, channel, waitingSince, holder, conversation: id, district: row.name };
  return {
    facts: { ...facts, again: previous !== null, link: inboxLink(links, id) },
    district: row.district,
    teams: row.teams,
  };
}
