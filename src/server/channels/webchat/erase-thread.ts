import { asc, eq } from 'drizzle-orm';
import { appendAudit } from '../../../../db/audit.ts';
import type { Db } from '../../../../db/client.ts';
import { eraseEpisodes, mayErase } from '../../../../db/erase.ts';
import { conversation } from '../../../../db/schema/conversation.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { Problem } from '../../problem.ts';
import { type Hub, tellChanged } from '../../realtime/hub.ts';

export interface EraseDeps {
  db: Db;
  hub: Pick<Hub, 'publish'>;
  jobs: Pick<Jobs, 'card'>;
  clock(): Date;
}

/**
 * "Erase my conversation" (DOMAIN G7): the words of all episodes and the keys they were written under, at once. What stays is
 * content-free, with an empty key. A worker's case, a legal hold or a kept record is not the visitor's to erase.
 * @throws Problem 409 then, and nothing is erased.
 */
export async function eraseThread(deps: EraseDeps, threadId: string): Promise<void> {
  const now = deps.clock();
  const districts = await deps.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(conversation)
      .where(eq(conversation.threadId, threadId))
      .orderBy(asc(conversation.episode))
      .for('update');
    if (!rows.every(mayErase))
      throw new Problem(409, 'Social services must keep this conversation. Ask them in the chat.');
    if (rows.length === 0) return [];
    await eraseEpisodes(tx, rows, now);
    for (const row of rows) if (row.owner === 'waiting') await deps.jobs.card(tx, row.id);
    await appendAudit(
      tx,
      { actor: 'visitor', action: 'erase', conversationId: threadId, detail: { episodes: rows.length } },
      now,
    );
    return [...new Set(rows.map((r) => r.district))];
  });
  tellChanged(deps.hub, threadId, ...districts);
}
