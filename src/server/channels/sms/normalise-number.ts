import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * A sender as E.164, or null when it is nobody a conversation can be held with: a name, a short code, a premium number
 * (DOMAIN 6.4). Numbers without a country are Swedish. A possible number is enough: new ranges appear before the tables know.
 */
export function normaliseNumber(raw: string): string | null {
  if (raw.length > 40 || /\p{L}/u.test(raw)) return null;
  const number = parsePhoneNumberFromString(raw, { defaultCountry: 'SE', extract: false });
  if (!number?.isPossible() || number.ext) return null;
  const type = number.getType();
  return type === 'PREMIUM_RATE' || type === 'SHARED_COST' ? null : number.number;
}
