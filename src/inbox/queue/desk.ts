import { sql } from 'drizzle-orm';
import { type AuditEntry, appendAudit } from '../../../db/audit.ts';
import type { Db, Tx } from '../../../db/client.ts';
import type { WorkerRole } from '../../../db/schema/staff.ts';
import type { Vault } from '../../../db/vault.ts';

/** Who is asking: looked up on every request, so that a removal counts at once. */
export interface Actor {
  id: string;
  name: string;
  role: WorkerRole;
  districts: string[];
}

/** Jobs towards the outside, enqueued in the caller's transaction. */
export interface Outbox {
  sms(tx: Tx, deliveryId: string, conversationId: string): Promise<void>;
  card(tx: Tx, conversationId: string): Promise<void>;
  /** A row of `alert` that was written in the same transaction. */
  alert(tx: Tx, alertId: string): Promise<void>;
}

/** The one line a visitor sees when the conversation changes hands (F3), and the approved text it is (A7). */
export type Handing = 'claimed' | 'released' | 'returned' | 'back' | 'closed';
export type HandingLine = (
  handing: Handing,
  /** `open`: false for a phone whose owner has not chosen to be written to openly (DOMAIN 5.6). */
  to: { language: string; channel: 'web' | 'sms'; name: string; open: boolean },
) => { text: string; ref: { id: string; version: number } };

/** What every verb of the queue needs from the house around it. */
export interface Desk {
  db: Db;
  vault: Vault;
  clock(): Date;
  jobs: Outbox;
  line: HandingLine;
  /** Wakes open streams after a commit. */
  announce(changed: { threadId: string; district: string }): void;
}

/** Why a verb was refused. `holder` is the name of the colleague who has the conversation. */
export class Refusal extends Error {
  readonly reason: 'not-found' | 'bad-cursor' | 'held' | 'not-holder' | 'not-open' | 'unreachable';
  readonly holder: string | null;
  constructor(reason: Refusal['reason'], holder: string | null = null) {
    super(reason);
    this.reason = reason;
    this.holder = holder;
  }
}

/** What a verb leaves to be done before the commit, by the owner of the tables rather than the staff role. */
export interface Closing {
  audit(entry: Omit<AuditEntry, 'actor'>): void;
  sms(deliveryId: string | null, conversationId: string): void;
  card(conversationId: string): void;
}

/**
 * One transaction as the staff role: row-level security shows the actor's districts and nothing else (F38).
 * Audit and jobs are written in the same transaction, after the role has been put down again.
 */
export async function asStaff<T>(desk: Desk, actor: Actor, work: (tx: Tx, closing: Closing) => Promise<T>): Promise<T> {
  return desk.db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'utvag_staff', true), set_config('app.worker', ${actor.id}, true),
      set_config('app.districts', ${actor.districts.join(',')}, true)`);
    const audits: AuditEntry[] = [];
    const deliveries: [string, string][] = [];
    const cards = new Set<string>();
    const result = await work(tx, {
      audit: (entry) => audits.push({ ...entry, actor: actor.id }),
      sms: (deliveryId, conversationId) => deliveryId && deliveries.push([deliveryId, conversationId]),
      card: (conversationId) => cards.add(conversationId),
    });
    await tx.execute(sql`select set_config('role', 'none', true)`);
    for (const [deliveryId, conversationId] of deliveries) await desk.jobs.sms(tx, deliveryId, conversationId);
    for (const conversationId of cards) await desk.jobs.card(tx, conversationId);
    for (const entry of audits) await appendAudit(tx, entry, desk.clock());
    return result;
  });
}
