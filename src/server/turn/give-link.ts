import { eq, sql } from 'drizzle-orm';
import { append, type ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { newId } from '../../../db/schema/columns.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { privateLink } from '../../../db/schema/texting.ts';
import type { Vault } from '../../../db/vault.ts';
import { LINK_LIFE_MS, type PrivateLinks } from '../auth/private-link.ts';
import type { Jobs } from '../jobs/jobs.ts';

export interface GiveLinkDeps {
  vault: Vault;
  jobs: Pick<Jobs, 'sms'>;
  links: PrivateLinks;
  /** What stands under the link in the text. */
  linkReply(language: string): { text: string; id: string };
}

/** Stands in what is stored where the link stands in what is sent. */
export const LINK_PLACE = '{link}';

/**
 * Texts a private link to this conversation (DOMAIN 5.6). A new one ends the one before it and what was opened with that: whoever
 * finds that somebody else has been there asks for another. The caller holds the row lock.
 */
export async function giveLink(deps: GiveLinkDeps, tx: Tx, row: ConversationRow, now: Date): Promise<void> {
  const id = newId('lnk');
  const token = deps.links.urlOf(id).split('/').at(-1) ?? '';
  await tx.delete(privateLink).where(eq(privateLink.conversationId, row.id));
  await tx
    .update(conversation)
    .set({ tokenEpoch: sql`(select max(c.token_epoch) + 1 from conversation c where c.thread_id = ${row.threadId})` })
    .where(eq(conversation.id, row.id));
  const expiresAt = new Date(now.getTime() + LINK_LIFE_MS);
  await tx
    .insert(privateLink)
    .values({ id, conversationId: row.id, tokenHash: deps.links.hashOf(token), expiresAt, createdAt: now });
  const { text, id: answer } = deps.linkReply(row.language);
  const words = { text: `${LINK_PLACE}\n${text}`, language: row.language, answers: [{ id: answer, version: 1 }] };
  const { deliveryId } = await append(tx, deps.vault, row, { author: 'system', ...words, meta: { link: id } }, now);
  if (deliveryId) await deps.jobs.sms(tx, deliveryId, row.id);
}
