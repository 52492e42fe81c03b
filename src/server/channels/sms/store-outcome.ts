import type { Db } from '../../../../db/client.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { changeDelivery, type DeliveryChange, lockDelivery, noteOptOut, type Place } from './delivery-row.ts';
import type { SmsErrorKind } from './vendor/provider.ts';

export type SendOutcome = { kind: 'accepted'; providerId: string } | { kind: SmsErrorKind; code: string };

export interface StoreOutcomeDeps {
  db: Db;
  jobs: Pick<Jobs, 'sms'>;
  clock(): Date;
  announce(place: Place): void;
}

/**
 * Writes down what came of attempt number `attempt`. A status callback may have been faster and is not undone.
 * @returns true when the text was not taken and should be tried again.
 */
export async function storeOutcome(
  deps: StoreOutcomeDeps,
  deliveryId: string,
  attempt: number,
  outcome: SendOutcome,
  lastTry: boolean,
): Promise<boolean> {
  const stored = await insist(() =>
    deps.db.transaction(async (tx) => {
      const now = deps.clock();
      const locked = await lockDelivery(tx, deliveryId);
      if (!locked) return null;
      if (outcome.kind === 'refused') await noteOptOut(tx, locked, now);
      const { status, attempts } = locked.delivery;
      if (attempts !== attempt || (status !== 'sending' && status !== 'unknown')) return null;
      // Another process has already given this attempt up as `unknown`, and with it the job: nobody would try again.
      const again = outcome.kind === 'temporary' && !lastTry && status === 'sending';
      return { place: await changeDelivery(tx, deps.jobs, locked, changeOf(outcome, again), now), again };
    }),
  );
  if (!stored) return false;
  deps.announce(stored.place);
  return stored.again;
}

function changeOf(outcome: SendOutcome, again: boolean): DeliveryChange {
  if (outcome.kind === 'accepted') return { status: 'sent', error: null, providerId: outcome.providerId };
  if (again) return { status: 'queued', error: outcome.code };
  const status = outcome.kind === 'refused' || outcome.kind === 'unknown' ? outcome.kind : 'failed';
  return { status, error: outcome.code };
}

const PAUSES_MS = [200, 800, 2_000];

/** The vendor has already been called: a database that restarts right now must not cost us what it answered. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return work();
}
