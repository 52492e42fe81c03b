import { randomBytes, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { ConversationRow } from '../../../../../db/append.ts';
import type { Db, Reader, Tx } from '../../../../../db/client.ts';
import { conversation } from '../../../../../db/schema/conversation.ts';
import { privateLink } from '../../../../../db/schema/texting.ts';
import { LINK_TOKEN, type PrivateLinks } from '../../../auth/private-link.ts';
import type { Visitor } from '../../../auth/visitor-token.ts';
import { newestEpisode } from '../../../turn/episode.ts';
import { watermarkOf } from '../watermark.ts';

export interface OpenLinkDeps {
  db: Db;
  links: PrivateLinks;
  clock(): Date;
}

/** Wrong PINs until the link is dead. */
export const TRIES = 5;

export type OpenedLink =
  | { kind: 'dead' }
  | { kind: 'wrong'; left: number }
  | { kind: 'open'; visitor: Visitor; watermark: string };

/** What the page asks for: to pick a PIN at the first opening, that PIN at every later one. Looking changes nothing. */
export async function lookAtLink(
  deps: OpenLinkDeps,
  token: string,
): Promise<{ ask: 'pick' | 'enter'; language: string } | null> {
  const found = await findLink(deps, deps.db, token, false);
  return found ? { ask: found.link.pinHash ? 'enter' : 'pick', language: found.row.language } : null;
}

/**
 * Opens the conversation on the web for whoever picks the PIN first and afterwards for whoever knows it, until the link is fifteen
 * minutes old. PIN and link must not lie in the same place: a PIN that was texted would stand beside the link on a shared phone,
 * so it is picked on the page. What was written before the opening is not shown by itself: it may have been deleted on the phone.
 */
export async function openLink(deps: OpenLinkDeps, token: string, pin: string): Promise<OpenedLink> {
  return deps.db.transaction(async (tx): Promise<OpenedLink> => {
    const found = await findLink(deps, tx, token, true);
    if (!found) return { kind: 'dead' };
    const { link, row } = found;
    const given = deps.links.pinHashOf(link.id, pin);
    if (link.pinHash && !timingSafeEqual(link.pinHash, given)) return missed(tx, link);
    const openedAt = link.openedAt ?? deps.clock();
    await tx.update(privateLink).set({ pinHash: given, openedAt }).where(eq(privateLink.id, link.id));
    const user = `dl_${randomBytes(12).toString('hex')}`;
    const end = { episode: row.episode, seq: row.lastSeq, ownerEpoch: 0 };
    const visitor = { threadId: row.threadId, user, epoch: row.tokenEpoch };
    return { kind: 'open', visitor, watermark: watermarkOf(end) };
  });
}

async function missed(tx: Tx, link: typeof privateLink.$inferSelect): Promise<OpenedLink> {
  const tries = link.tries + 1;
  if (tries >= TRIES) {
    await tx.delete(privateLink).where(eq(privateLink.id, link.id));
    return { kind: 'dead' };
  }
  await tx.update(privateLink).set({ tries }).where(eq(privateLink.id, link.id));
  return { kind: 'wrong', left: TRIES - tries };
}

async function findLink(
  { links, clock }: OpenLinkDeps,
  db: Reader,
  token: string,
  lock: boolean,
): Promise<{ link: typeof privateLink.$inferSelect; row: ConversationRow } | null> {
  if (!LINK_TOKEN.test(token)) return null;
  const query = db
    .select()
    .from(privateLink)
    .where(eq(privateLink.tokenHash, links.hashOf(token)));
  const [link] = lock ? await query.for('update') : await query;
  if (!link || link.expiresAt.getTime() <= clock().getTime()) return null;
  const [first] = await db
    .select({ threadId: conversation.threadId })
    .from(conversation)
    .where(eq(conversation.id, link.conversationId));
  const row = first ? await newestEpisode(db, first.threadId) : null;
  return row ? { link, row } : null;
}
