import { sql } from 'drizzle-orm';
import { type ConversationRow, record } from '../../../db/append.ts';
import { type AuditEntry, appendAudit } from '../../../db/audit.ts';
import type { Db, Tx } from '../../../db/client.ts';
import type { WorkerRole } from '../../../db/schema/staff.ts';
import type { EventKind } from '../../../db/schema/work.ts';
import type { Vault } from '../../../db/vault.ts';
import type { Approved, ApprovedQuery } from '../wire.ts';

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
export type Handing = 'claimed' | 'released' | 'returned' | 'back' | 'closed' | 'asked' | 'moved' | 'stays';
export type HandingLine = (
  handing: Handing,
  /** `open`: false for a phone whose owner has not chosen to be written to openly (DOMAIN 5.6). */
  to: { language: string; channel: 'web' | 'sms'; name: string; open: boolean },
) => { text: string; ref: { id: string; version: number } };

/** A machine's translation, or null when it cannot or what it wrote is not the same facts. */
export interface Translator {
  model: string;
  translate(text: string, to: string): Promise<string | null>;
  /** Told to the person below a reply that a machine has translated (W8). */
  line(to: ApprovedQuery): string;
}

/** What every verb of the queue needs from the house around it. */
export interface Desk {
  db: Db;
  vault: Vault;
  clock(): Date;
  jobs: Outbox;
  line: HandingLine;
  /** The approved answers that may be said right now; none that has been withdrawn (A7). */
  approved(to: ApprovedQuery): Promise<Approved[]>;
  /** Null: no model is configured. */
  translator: Translator | null;
  /** Wakes open streams after a commit. */
  announce(changed: { threadId: string; district: string }): void;
}

export type RefusalReason =
  | 'not-found'
  | 'bad-cursor'
  | 'not-allowed'
  | 'held'
  | 'not-holder'
  | 'not-held'
  | 'not-open'
  | 'not-closed'
  | 'unreachable'
  | 'offered'
  | 'no-offer'
  | 'nobody-there'
  | 'newer-open'
  | 'erased'
  | 'yours-already'
  | 'bad-time'
  | 'withdrawn'
  | 'no-translation';

/**
 * Why a verb was refused. `holder` is the name of the colleague who has the conversation, `conversation` the one to go to instead.
 */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  readonly holder: string | null;
  readonly conversation: string | null;
  constructor(reason: RefusalReason, holder: string | null = null, conversation: string | null = null) {
    super(reason);
    this.reason = reason;
    this.holder = holder;
    this.conversation = conversation;
  }
}

/** What a verb leaves to be done before the commit, by the owner of the tables rather than the staff role. */
export interface Closing {
  audit(entry: Omit<AuditEntry, 'actor'>): void;
  sms(deliveryId: string | null, conversationId: string): void;
  card(conversationId: string): void;
  /** A fact for the streams of a district that is not the actor's. */
  tell(district: string, row: Pick<ConversationRow, 'id' | 'version'>, kind: EventKind): void;
}

/** One conversation of another district, and no other: for one who accepts an offer or has broken the glass. */
export interface Only {
  conversation: string;
  district: string;
}

const WORKING: ReadonlySet<WorkerRole> = new Set(['worker', 'coordinator', 'admin']);
const SUPERVISING: ReadonlySet<WorkerRole> = new Set(['coordinator', 'admin']);

/** Talks to people; an editor of answers does not. @throws Refusal `not-allowed`. */
export const mustWork = (actor: Actor): void => must(WORKING, actor);
/** @throws Refusal `not-allowed` for anybody but a coordinator or an administrator. */
export const mustSupervise = (actor: Actor): void => must(SUPERVISING, actor);

function must(roles: ReadonlySet<WorkerRole>, { role }: Actor): void {
  if (!roles.has(role)) throw new Refusal('not-allowed');
}

/**
 * One transaction as the staff role: row-level security shows the actor's districts and nothing else (F38).
 * Audit and jobs are written in the same transaction, after the role has been put down again.
 */
export async function asStaff<T>(
  desk: Desk,
  actor: Actor,
  work: (tx: Tx, closing: Closing) => Promise<T>,
  only: Only | null = null,
): Promise<T> {
  const districts = only ? [...actor.districts, only.district] : actor.districts;
  return desk.db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'utvag_staff', true), set_config('app.worker', ${actor.id}, true),
      set_config('app.districts', ${districts.join(',')}, true), set_config('app.only', ${only?.conversation ?? ''}, true)`);
    const audits: AuditEntry[] = [];
    const deliveries: [string, string][] = [];
    const cards = new Set<string>();
    const told: (() => Promise<void>)[] = [];
    const result = await work(tx, {
      audit: (entry) => audits.push({ ...entry, actor: actor.id }),
      sms: (deliveryId, conversationId) => deliveryId && deliveries.push([deliveryId, conversationId]),
      card: (conversationId) => cards.add(conversationId),
      tell: (district, row, kind) => told.push(() => record(tx, { ...row, district }, kind, desk.clock())),
    });
    await tx.execute(sql`select set_config('role', 'none', true)`);
    for (const [deliveryId, conversationId] of deliveries) await desk.jobs.sms(tx, deliveryId, conversationId);
    for (const conversationId of cards) await desk.jobs.card(tx, conversationId);
    for (const tell of told) await tell();
    for (const entry of audits) await appendAudit(tx, entry, desk.clock());
    return result;
  });
}
