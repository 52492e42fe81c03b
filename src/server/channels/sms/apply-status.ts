import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../../db/client.ts';
import { type DeliveryState, delivery } from '../../../../db/schema/work.ts';
import type { Log } from '../../log.ts';
import { changeDelivery, lockDelivery, noteOptOut } from './delivery-row.ts';
import type { LockedDelivery } from './next-in-line.ts';
import type { StoreOutcomeDeps } from './store-outcome.ts';
import type { StatusUpdate } from './vendor/provider.ts';

export type ApplyStatus = (update: StatusUpdate) => Promise<void>;

/** A report only ever moves a delivery forward: a late `sent` does not undo `delivered`, `delivered` overrules what we feared. */
const RANK: Record<DeliveryState, number> = {
  queued: 0,
  sending: 0,
  unknown: 0,
  sent: 1,
  failed: 2,
  refused: 2,
  delivered: 3,
};

/**
 * Applies a vendor's report. The row is found by the vendor's id or, when the answer to the send was lost or is still under way,
 * by our reference, which settles an `unknown`. A report on a text we do not know is logged and left.
 */
export function createApplyStatus(deps: StoreOutcomeDeps & { provider: string; log: Log }): ApplyStatus {
  return async (update) => {
    const now = deps.clock();
    const { found, place } = await deps.db.transaction(async (tx) => {
      const id = await findDelivery(tx, deps.provider, update);
      const locked = id ? await lockDelivery(tx, id) : null;
      if (!locked || !isAbout(locked.delivery, deps.provider, update)) return { found: false, place: null };
      if (update.status === 'refused') await noteOptOut(tx, locked, now);
      if (RANK[update.status] <= RANK[locked.delivery.status]) return { found: true, place: null };
      const { status, error, providerId } = update;
      const againMs = status === 'failed' ? retryMs(locked, error) : null;
      // A retry has another id at the vendor: the old one must not shut out the reports on the new one.
      const change = againMs
        ? { status: 'queued' as const, error, providerId: null }
        : { status, error, provider: deps.provider, providerId };
      const place = await changeDelivery(tx, deps.jobs, locked, change, now);
      if (againMs) await deps.jobs.sms(tx, locked.delivery.id, locked.conversation.id, againMs);
      return { found: true, place };
    });
    if (!found) deps.log.warn('sms.status-unknown-id', { provider: deps.provider });
    if (place) deps.announce(place);
  };
}

/** 30003: the handset was off or out of reach, so the text has certainly not arrived. 30008 says nothing, so it is not repeated. */
const PASSING = new Set(['30003']);
const RETRY_AFTER_MS = [20_000, 60_000, 180_000];

/** In how many milliseconds a text that could not be delivered just then is tried again; null: never. */
function retryMs({ delivery: row, conversation: talk }: LockedDelivery, error: string | null): number | null {
  const afterMs = RETRY_AFTER_MS[row.attempts - 1];
  return afterMs !== undefined && error && PASSING.has(error) && talk.phoneId ? afterMs : null;
}

async function findDelivery(tx: Tx, provider: string, update: StatusUpdate): Promise<string | null> {
  const [known] = await tx
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.provider, provider), eq(delivery.providerId, update.providerId)));
  return known?.id ?? update.reference;
}

const isAbout = (row: typeof delivery.$inferSelect, provider: string, update: StatusUpdate): boolean =>
  row.provider === provider && (row.providerId === null || row.providerId === update.providerId);
