import type { SmsVendor } from './provider.ts';

/** What a vendor reads from the environment. `needed`: it must be set when the vendor is chosen. `address`: credentials and words go there. */
export interface VendorVariable {
  needed?: true;
  address?: true;
  default?: string;
}

/** A vendor as the configuration and the channel know it: one folder, named in `vendors.ts`. */
export interface VendorModule {
  /** Of `SMS_PROVIDER` and of the webhooks' path, `/sms/<name>`. */
  name: string;
  variables: Readonly<Record<string, VendorVariable>>;
  /** Texts a second that one sender may send, unless the operator knows better (`UTVAG_SMS_PER_SECOND`). */
  perSecond: number;
  /** @param settings by variable name, complete. */
  open(settings: Readonly<Record<string, string>>, publicUrl: string): SmsVendor;
}

/** Ties a vendor's variables to the names under which `open` reads them. */
export function vendorModule<K extends string>(of: {
  name: string;
  variables: Readonly<Record<K, VendorVariable>>;
  perSecond: number;
  open(setting: (name: K) => string, publicUrl: string): SmsVendor;
}): VendorModule {
  return { ...of, open: (settings, publicUrl) => of.open((name) => settings[name] ?? '', publicUrl) };
}
