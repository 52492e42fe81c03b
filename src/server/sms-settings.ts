import { z } from 'zod';
import type { VendorModule } from './channels/sms/vendor/vendor-module.ts';
import { VENDORS } from './channels/sms/vendors.ts';

type Environment = Readonly<Record<string, string | undefined>>;
const Address = z.url({ protocol: /^https?$/ });

/** A vendor with all its settings, by variable name. */
export interface VendorSettings {
  vendor: VendorModule;
  settings: Readonly<Record<string, string>>;
}

export const vendorNames = (): string[] => VENDORS.map((vendor) => vendor.name);

/** Names of the variables that say where a vendor's credentials and people's words go. */
export const vendorAddresses = (): string[] =>
  VENDORS.flatMap(({ variables }) => Object.keys(variables).filter((name) => variables[name]?.address));

/**
 * Every vendor whose settings are complete, the chosen one first. The others send nothing, but their webhooks stay open: after a
 * change of vendor what is still under way through the old one is reported, and answers to its number are heard.
 */
export function completeVendors(env: Environment, chosen: string): VendorSettings[] {
  return VENDORS.filter(({ variables }) => missing(variables, env).length === 0)
    .map((vendor) => ({ vendor, settings: settingsOf(vendor, env) }))
    .sort((a, b) => Number(b.vendor.name === chosen) - Number(a.vendor.name === chosen));
}

/** What is wrong with the vendors' variables: the name to blame and what is wrong, or false. */
export function vendorProblems(env: Environment, chosen: string): [string, string | false][] {
  const needed = VENDORS.filter((vendor) => vendor.name === chosen).flatMap(({ variables }) => missing(variables, env));
  const addresses = vendorAddresses().map((name): [string, string | false] => {
    const given = env[name];
    return [name, given !== undefined && !Address.safeParse(given).success && 'is not valid: it must be a web address'];
  });
  return [...needed.map((name): [string, string] => [name, 'must be set']), ...addresses];
}

const missing = (variables: VendorModule['variables'], env: Environment): string[] =>
  Object.keys(variables).filter((name) => variables[name]?.needed && !env[name]?.trim());

const settingsOf = ({ variables }: VendorModule, env: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, { default: usual = '' }]) => [name, env[name]?.trim() ?? usual]),
  );
