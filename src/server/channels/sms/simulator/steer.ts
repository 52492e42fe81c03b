import { classifyCode, errorOfStatus } from '../classify-code.ts';
import { SmsError } from '../vendor/provider.ts';

/** What a text makes the simulator do. */
export interface Steer {
  /** Thrown at the sender instead of taking the text. */
  thrown: SmsError | null;
  /** The code with which the text fails later, by status report; null: it arrives. */
  failsWith: string | null;
  delayMs: number;
}

/**
 * Reads a text's stage directions: `error 30003` (a carrier's code: reported later, as it is in the world), `error 21610` and other
 * codes (refused at once), `error 503` (an HTTP status), `undelivered`, `error lost` (no answer to the send), `delay 5s` (at most a minute).
 */
export function steerOf(text: string): Steer {
  const code = /\berror (\d{3,5})\b/i.exec(text)?.[1] ?? null;
  const seconds = Number(/\bdelay (\d{1,2})s\b/i.exec(text)?.[1] ?? 0);
  const late = code?.startsWith('300') && code.length === 5 ? code : null;
  const failsWith = late ?? (/\bundelivered\b/i.test(text) ? 'undelivered' : null);
  return { thrown: late ? null : thrownBy(text, code), failsWith, delayMs: Math.min(seconds, 60) * 1_000 };
}

function thrownBy(text: string, code: string | null): SmsError | null {
  if (code) return code.length === 3 ? errorOfStatus(Number(code)) : new SmsError(classifyCode(code), code);
  return /\berror lost\b/i.test(text) ? new SmsError('unknown', 'timeout') : null;
}

export const isSteered = (steer: Steer): boolean =>
  steer.thrown !== null || steer.failsWith !== null || steer.delayMs > 0;
