import { SmsError } from './provider.ts';

export interface FormAnswer {
  status: number;
  /** The parsed JSON body, or null when it is none. */
  json: unknown;
}

/**
 * Posts a form to a vendor and reads its answer, at most `timeoutMs` in all.
 * @throws SmsError `temporary` when no connection came about, `unknown` when one did and no answer came: the text may be taken.
 */
export async function postForm(
  url: string,
  credentials: { user: string; password: string },
  form: Record<string, string>,
  timeoutMs: number,
): Promise<FormAnswer> {
  let status = 0;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`,
        accept: 'application/json',
        // A kept-alive socket that the vendor just closed would look like a text that may have been taken.
        connection: 'close',
      },
      body: new URLSearchParams(form),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    return { status, json: parse(await response.text()) };
  } catch (error) {
    if (status > 0) return { status, json: null };
    throw neverConnected(error) ? new SmsError('temporary', 'unreachable') : new SmsError('unknown', reason(error));
  }
}

/** Codes of failures before the first byte of the request left. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const all = cause instanceof AggregateError ? cause.errors : [cause];
  return all.length > 0 && all.every((e) => BEFORE_SENDING.has(codeOf(e)));
}

const codeOf = (e: unknown): string => (e instanceof Error && 'code' in e ? String(e.code) : '');
const reason = (e: unknown): string =>
  e instanceof Error && e.name === 'TimeoutError' ? 'timeout' : 'connection-lost';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
