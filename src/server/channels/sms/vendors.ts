import { elks } from './46elks/vendor.ts';
import { twilio } from './twilio/vendor.ts';
import type { VendorModule } from './vendor/vendor-module.ts';

/** Every vendor of text messages this program speaks with. A new one is a folder beside these and a line here. */
export const VENDORS: readonly VendorModule[] = [twilio, elks];
