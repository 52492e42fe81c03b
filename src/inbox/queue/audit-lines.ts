import { asc, eq, inArray } from 'drizzle-orm';
import { conversation } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import { audit } from '../../../db/schema/work.ts';
import type { AuditLine } from '../wire.ts';
import { type Actor, asStaff, type Desk, mustSupervise, Refusal } from './desk.ts';

/** A conversation's lines are few; this only keeps one answer from growing without bound. */
const MOST = 2_000;

/**
 * Who has read or done what with a conversation (L1), for a coordinator or an administrator of its district. Codes, no words.
 * @throws Refusal `not-allowed`, `not-found`.
 */
export async function auditLines(desk: Desk, actor: Actor, id: string): Promise<AuditLine[]> {
  mustSupervise(actor);
  await asStaff(desk, actor, async (tx, closing) => {
    const [seen] = await tx.select({ id: conversation.id }).from(conversation).where(eq(conversation.id, id));
    if (!seen) throw new Refusal('not-found');
    closing.audit({ action: 'read-audit', conversationId: id });
  });
  // The chain is closed to the staff role; the right to this conversation's part was shown above.
  const rows = await desk.db
    .select({ at: audit.at, actor: audit.actor, action: audit.action, detail: audit.detail })
    .from(audit)
    .where(eq(audit.conversationId, id))
    .orderBy(asc(audit.id))
    .limit(MOST);
  const actors = [...new Set(rows.map((row) => row.actor))];
  const known = await desk.db
    .select({ id: worker.id, name: worker.name })
    .from(worker)
    .where(inArray(worker.id, actors));
  const names = new Map(known.map(({ id: workerId, name }) => [workerId, name]));
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), name: names.get(row.actor) ?? null }));
}
