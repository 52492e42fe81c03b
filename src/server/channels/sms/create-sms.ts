import type { Door } from '../../auth/door.ts';
import { factsOf } from '../../log.ts';
import { createApplyStatus } from './apply-status.ts';
import { createSmsDeliver, type SmsDeliverDeps } from './deliver.ts';
import { createTakeText, type InboundDeps } from './inbound.ts';
import { createPace } from './pace.ts';
import { devPhoneRoutes } from './simulator/dev-phone.ts';
import { createSimulator } from './simulator/simulator.ts';
import { vendorRoutes } from './sms-routes.ts';
import type { SmsVendor } from './vendor/provider.ts';

/** `others`: vendors of before, which send nothing but still report and hand over what comes to their number. */
export interface SmsSettings {
  provider: 'off' | 'simulator' | SmsVendor;
  others?: readonly SmsVendor[];
  /** Texts a second that our sender may send. */
  perSecond?: number;
  /** Of the simulator: what one part costs, in öre. */
  partOre?: number | null;
}

export type SmsDeps = Omit<SmsDeliverDeps, 'provider' | 'pace'> & Omit<InboundDeps, 'provider' | 'own'>;

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
    return { deliver: createSmsDeliver({ ...deps, provider: null, pace: null }), routes: () => {}, stop: () => {} };
  }
  if (settings.provider === 'simulator') return createSimulated(deps, settings.partOre ?? null);
  const { provider, others = [], perSecond } = settings;
  const own = [provider, ...others].map((vendor) => vendor.from);
  const pace = perSecond ? createPace(deps.db, provider.name, perSecond) : null;
  return {
    deliver: createSmsDeliver({ ...deps, provider, pace }),
    routes(door) {
      for (const vendor of [provider, ...others]) {
        const applyStatus = createApplyStatus({ ...deps, provider: vendor.name });
        vendorRoutes(door, {
          vendor,
          takeText: createTakeText({ ...deps, provider: vendor, own }),
          applyStatus,
          log: deps.log,
        });
      }
    },
    stop: () => {},
  };
}

function createSimulated(deps: SmsDeps, partOre: number | null): Sms {
  const simulator = createSimulator({ clock: deps.clock, partOre });
  const applyStatus = createApplyStatus({ ...deps, provider: simulator.name });
  simulator.reportTo((update) =>
    applyStatus(update).catch((error: unknown) => deps.log.error('sms.status-lost', factsOf(error))),
  );
  const takeText = createTakeText({ ...deps, provider: simulator, own: [] });
  return {
    deliver: createSmsDeliver({ ...deps, provider: simulator, pace: null }),
    routes: (door) => devPhoneRoutes(door, { simulator, takeText }),
    stop: () => simulator.stop(),
  };
}
