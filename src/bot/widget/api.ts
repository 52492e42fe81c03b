import type { ActivitySet, OutgoingActivity, Resumed, Stored } from '../wire.ts';

/** Status 0 is a network that did not answer. */
export interface Answer {
  status: number;
  body: Partial<Resumed & ActivitySet & { id: string; activity: OutgoingActivity; stored: Stored }>;
}

/** Asks for a key that wakes the conversation when the token has run out. */
export const RESUMABLE = { resumable: true };

const BASE = '/v3/directline';
const TIMEOUT_MS = 15_000;

/** One call to the server. The token is in a header, never in an address (F39). */
export async function call(
  token: string | undefined,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  keepalive = false,
): Promise<Answer> {
  try {
    const response = await fetch(BASE + path, {
      method,
      keepalive,
      cache: 'no-store',
      credentials: 'omit',
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body ? JSON_TYPE : {}) },
      body: body ? JSON.stringify(body) : null,
      signal: keepalive ? null : AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

/** The stream on the host this page came from, whatever name the server goes by elsewhere. */
export function socketUrl(streamUrl: string): string {
  const { pathname, search } = new URL(streamUrl);
  return location.origin.replace(/^http/, 'ws') + pathname + search;
}

const JSON_TYPE = { 'content-type': 'application/json' };
