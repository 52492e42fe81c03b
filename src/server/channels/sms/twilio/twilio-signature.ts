import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  /** The public URL exactly as Twilio called it, with its query. */
  url: string;
  signature: string;
  contentType: string;
  body: Buffer;
}

/**
 * Twilio's request signature: base64 HMAC-SHA1 under the auth token over the URL and, for a form, every parameter by name
 * (DOMAIN 6.2). A JSON body is bound by the `bodySHA256` parameter of the signed URL instead.
 */
export function isSignedByTwilio(authToken: string, request: SignedRequest): boolean {
  const json = request.contentType.startsWith('application/json');
  if (json && !bodyIsBound(request)) return false;
  const rest = json ? '' : parametersOf(request.body);
  // Twilio is not consistent about a port in the URL it signs; its own libraries try both.
  return urlsOf(request.url).some((url) => same(signatureOf(authToken, url + rest), request.signature));
}

const signatureOf = (authToken: string, data: string): string =>
  createHmac('sha1', authToken).update(data, 'utf8').digest('base64');

/** Name and value without delimiters, sorted by name; equal pairs count once and several values of a name are sorted. */
function parametersOf(body: Buffer): string {
  const form = new URLSearchParams(body.toString('utf8'));
  const names = [...new Set(form.keys())].sort();
  return names.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value)).join('');
}

function bodyIsBound({ url, body }: SignedRequest): boolean {
  const expected = new URL(url).searchParams.get('bodySHA256');
  return expected !== null && same(createHash('sha256').update(body).digest('hex'), expected.toLowerCase());
}

function urlsOf(url: string): string[] {
  const match = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(.*)$/.exec(url);
  if (!match) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  return [`${scheme}://${host}:${port ?? (scheme === 'https' ? '443' : '80')}${rest}`, `${scheme}://${host}${rest}`];
}

/** In constant time for strings of one length; the length of a signature is no secret. */
function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
