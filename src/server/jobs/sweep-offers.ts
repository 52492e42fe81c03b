import { and, eq, lt } from 'drizzle-orm';
import { append, record } from '../../../db/append.ts';
import { appendAudit } from '../../../db/audit.ts';
import type { Db, Tx } from '../../../db/client.ts';
import { gateOf } from '../../../db/gate.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { transfer } from '../../../db/schema/desk.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { Vault } from '../../../db/vault.ts';
import type { HandingLine } from '../../inbox/queue/desk.ts';
import { OFFER_MIN } from '../../inbox/queue/offers.ts';
import type { Log } from '../log.ts';
import { type Hub, tellChanged } from '../realtime/hub.ts';
import type { Jobs } from './jobs.ts';

export interface SweepOffersDeps {
  db: Db;
  vault: Vault;
  jobs: Jobs & { wake(): void };
  hub: Pick<Hub, 'publish'>;
  log: Log;
  /** What the visitor is told when an offer lapses, or when a silent holder loses the conversation. */
  line: HandingLine;
}

/** An offer nobody answered in time goes back to its giver with an alarm, and the visitor is told who is still there (F16). */
export async function sweepOffers(deps: SweepOffersDeps, now: Date): Promise<void> {
  const before = new Date(now.getTime() - OFFER_MIN * 60_000);
  const late = and(eq(transfer.state, 'offered'), lt(transfer.offeredAt, before));
  const due = await deps.db
    .select({ id: transfer.id, conversationId: transfer.conversationId })
    .from(transfer)
    .where(late)
    .limit(500);
  for (const offer of due) {
    const told = await deps.db.transaction((tx) => expire(deps, tx, offer, now));
    if (!told) continue;
    tellChanged(deps.hub, told.threadId, ...told.districts);
  }
  if (due.length > 0) deps.jobs.wake();
}

/** The conversation's lock comes first, as everywhere: somebody may be accepting at this moment. */
async function expire(
  deps: SweepOffersDeps,
  tx: Tx,
  { id, conversationId }: { id: string; conversationId: string },
  now: Date,
) {
  const [row] = await tx.select().from(conversation).where(eq(conversation.id, conversationId)).for('update');
  const [offer] = await tx
    .update(transfer)
    .set({ state: 'expired', decidedAt: now })
    .where(and(eq(transfer.id, id), eq(transfer.state, 'offered')))
    .returning();
  if (!row || !offer) return null;
  const [giver] = await tx.select({ name: worker.name }).from(worker).where(eq(worker.id, offer.fromWorker));
  const name = giver?.name ?? '';
  const { text, ref } = deps.line('stays', { ...row, name, open: (await gateOf(tx, row)) === 'open' });
  const meta = { owner: row.owner, workerName: name };
  const said = { author: 'system' as const, text, language: row.language, answers: [ref], meta };
  const { deliveryId } = await append(tx, deps.vault, row, said, now);
  if (deliveryId) await deps.jobs.sms(tx, deliveryId, row.id);
  await record(tx, row, 'alarm', now);
  const districts = new Set([row.district, offer.toDistrict]);
  for (const district of districts) await record(tx, { ...row, district }, 'declined', now);
  const detail = { offer: id };
  await appendAudit(tx, { actor: 'system', action: 'offer-expired', conversationId, detail }, now);
  deps.log.warn('queue.offer-expired', { conversation: row.id, district: row.district });
  return { threadId: row.threadId, districts };
}
