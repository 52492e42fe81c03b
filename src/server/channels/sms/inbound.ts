import type { Log } from '../../log.ts';
import type { Receive } from '../../turn/receive.ts';
import { isLinkWord } from './link-word.ts';
import { normaliseNumber } from './normalise-number.ts';
import type { InboundText, SmsProvider } from './vendor/provider.ts';

/** Which whole-message word a text is (F46). Only switches are intercepted: whoever writes `help` or "sluta" reaches the service. */
export type KeywordOf = (text: string) => string | null;

export interface InboundDeps {
  provider: Pick<SmsProvider, 'name'>;
  /** Our own numbers, as configured: a text from one is a loop. */
  own: readonly string[];
  receive: Receive;
  keywordOf: KeywordOf;
  log: Log;
  /** Counts what is nobody's. */
  noise(why: 'no-number' | 'loop'): void;
}

/**
 * Hands a text to the one door, after which it is committed and the vendor may be answered.
 * @returns false when the sender is nobody to talk with (a name such as "Avisering", a short code, ourselves): it is counted and
 * nothing is stored, so no conversation waits for staff, and the vendor is answered as if it were.
 */
export function createTakeText(deps: InboundDeps): (text: InboundText) => Promise<boolean> {
  const own = new Set(deps.own.map(normaliseNumber));
  return async ({ id, from, text, sentAt, optOut, retryToken }) => {
    const number = normaliseNumber(from);
    if (!number || own.has(number)) {
      const code = number ? 'loop' : 'no-number';
      deps.noise(code);
      deps.log.info('sms.sender-refused', { provider: deps.provider.name, code });
      return false;
    }
    const word = deps.keywordOf(text);
    const keyword = SWITCHES.find((known) => known === word);
    await deps.receive({
      sender: { channel: 'sms', number },
      externalId: `${deps.provider.name}:${id}`,
      text,
      ...(isLinkWord(text) ? { wantsLink: true } : {}),
      ...(retryToken ? { retryToken } : {}),
      ...(sentAt ? { sentAt } : {}),
      ...(keyword ? { keyword } : {}),
      ...(optOut === 'stop' ? { blockedByVendor: true } : {}),
    });
    return true;
  };
}

const SWITCHES = ['stop', 'start', 'night', 'day'] as const;
