import { SmsError, type SmsErrorKind } from './vendor/provider.ts';

/**
 * What a vendor's error code means for the text (Twilio's numbering, DOMAIN 6.2).
 * 30003 and 30008 may pass; the queue codes 21611 and 30001 and the rate codes do; 21610 is the recipient's own STOP.
 */
export function classifyCode(code: string): Exclude<SmsErrorKind, 'unknown'> {
  if (code === '21610') return 'refused';
  return TEMPORARY.has(code) ? 'temporary' : 'permanent';
}

const TEMPORARY = new Set(['30003', '30008', '21611', '30001', '14107', '20429', '20500', '20503']);

/**
 * What an HTTP status says when the vendor gave no code of its own. Only an accepted request was taken for certain:
 * 408 and 504 come from something in between that gave up waiting, so the text may have passed and is not sent again (F30).
 * Other 5xx and 429 are tried again; so are 401, 402, 403 and 404, our account's faults, which an operator can mend.
 */
export function errorOfStatus(status: number): SmsError {
  const code = `http-${status}`;
  if (status === 408 || status === 504) return new SmsError('unknown', code);
  const temporary = status === 429 || status >= 500 || status < 400 || [401, 402, 403, 404].includes(status);
  return new SmsError(temporary ? 'temporary' : 'permanent', code);
}
