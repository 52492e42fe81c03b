import type { Door } from '../../auth/door.ts';
import { factsOf } from '../../log.ts';
import { createApplyStatus } from './apply-status.ts';
import { createSmsDeliver, type SmsDeliverDeps } from './deliver.ts';
import { devPhoneRoutes } from './dev-phone.ts';
import { createElks, type ElksSettings } from './elks.ts';
import { createTakeText, type InboundDeps } from './inbound.ts';
import type { SmsVendor } from './provider.ts';
import { createSimulator } from './simulator.ts';
import { vendorRoutes } from './sms-routes.ts';
import { createTwilio, type TwilioSettings } from './twilio.ts';

/** One vendor is configured; the routes of the others do not exist. */
export type SmsSettings =
  | { provider: 'off' }
  | { provider: 'simulator'; partOre?: number | null }
  | ({ provider: 'twilio' } & TwilioSettings)
  | ({ provider: '46elks' } & ElksSettings);

export type SmsDeps = Omit<SmsDeliverDeps, 'provider'> & Omit<InboundDeps, 'provider'>;

export interface Sms {
  /** The handler of the job `sms`. */
  deliver(deliveryId: string, lastTry: boolean): Promise<void>;
  routes(door: Door): void;
  /** Ends the simulator's timers. */
  stop(): void;
}

/** The text message channel with the configured vendor. */
export function createSms(settings: SmsSettings, deps: SmsDeps): Sms {
  if (settings.provider === 'off') {
    return { deliver: createSmsDeliver({ ...deps, provider: null }), routes: () => {}, stop: () => {} };
  }
  if (settings.provider === 'simulator') return createSimulated(deps, settings.partOre ?? null);
  const vendor = vendorOf(settings);
  const applyStatus = createApplyStatus({ ...deps, provider: vendor.name });
  const takeText = createTakeText({ ...deps, provider: vendor });
  return {
    deliver: createSmsDeliver({ ...deps, provider: vendor }),
    routes: (door) => vendorRoutes(door, { vendor, takeText, applyStatus, log: deps.log }),
    stop: () => {},
  };
}

function createSimulated(deps: SmsDeps, partOre: number | null): Sms {
  const simulator = createSimulator({ clock: deps.clock, partOre });
  const applyStatus = createApplyStatus({ ...deps, provider: simulator.name });
  simulator.reportTo((update) =>
    applyStatus(update).catch((error: unknown) => deps.log.error('sms.status-lost', factsOf(error))),
  );
  const takeText = createTakeText({ ...deps, provider: simulator });
  return {
    deliver: createSmsDeliver({ ...deps, provider: simulator }),
    routes: (door) => devPhoneRoutes(door, { simulator, takeText }),
    stop: () => simulator.stop(),
  };
}

const vendorOf = (settings: Extract<SmsSettings, { provider: 'twilio' | '46elks' }>): SmsVendor =>
  settings.provider === 'twilio' ? createTwilio(settings) : createElks(settings);
