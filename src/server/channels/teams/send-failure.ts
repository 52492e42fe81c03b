/**
 * Why something did not reach Teams.
 * - `later`: certainly not done; worth another try (412, 429, 502–504, never connected, no token)
 * - `gone` (404), `blocked` (403), `refused`: certainly not done, and trying again will not help
 * - `unknown`: it may have been done (no answer in time, connection lost, 408, 500): a create is not to be repeated (F30)
 */
export class SendFailure extends Error {
  readonly kind: 'later' | 'gone' | 'blocked' | 'refused' | 'unknown';
  /** A status or a code of ours; never a word of the answer. */
  readonly code: string;
  readonly retryAfterMs: number | null;

  constructor(kind: SendFailure['kind'], code: string, retryAfterMs: number | null = null) {
    super(`${kind} ${code}`);
    this.name = 'SendFailure';
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** @param retryAfter the header as sent: seconds. */
  static ofStatus(status: number, retryAfter: string | null): SendFailure {
    const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
    const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
    return new SendFailure(KINDS[status] ?? (status >= 500 ? 'unknown' : 'refused'), String(status), retryAfterMs);
  }

  static ofError(error: unknown): SendFailure {
    const code = codeOf(error);
    return new SendFailure(NEVER_SENT.has(code) ? 'later' : 'unknown', code);
  }
}

const KINDS: Record<number, SendFailure['kind']> = {
  401: 'later',
  403: 'blocked',
  404: 'gone',
  408: 'unknown',
  412: 'later',
  429: 'later',
  502: 'later',
  503: 'later',
  504: 'later',
};

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'lost';
  if (error.name === 'TimeoutError') return 'timeout';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'lost';
}

/** An edit may be repeated, so that only a plain no is final. */
export const isFinal = ({ kind }: SendFailure): boolean => kind !== 'later' && kind !== 'unknown';

/** @throws what is no `SendFailure`: it is nothing that Teams said. */
export function asFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  throw error;
}

/** When to come back: never before Teams said, and not all at once. @returns ms */
export const againIn = (retryAfterMs: number, random: () => number): number =>
  retryAfterMs + random() * Math.min(retryAfterMs, 10_000) * 0.2;
