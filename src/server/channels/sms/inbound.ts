import type { Log } from '../../log.ts';
import type { Receive } from '../../turn/receive.ts';
import { normaliseNumber } from './normalise-number.ts';
import type { InboundText, SmsProvider } from './vendor/provider.ts';

/** Which whole-message word a text is (F46). Only switches are intercepted: whoever writes `help` or "sluta" reaches the service. */
export type KeywordOf = (text: string) => string | null;

export interface InboundDeps {
  provider: Pick<SmsProvider, 'name' | 'from'>;
  receive: Receive;
  keywordOf: KeywordOf;
  log: Log;
}

/**
 * Hands a text to the one door, after which it is committed and the vendor may be answered.
 * @returns false when the sender is nobody to talk with: nothing is stored, and the vendor is answered as if it were.
 */
export function createTakeText(deps: InboundDeps): (text: InboundText) => Promise<boolean> {
  const own = normaliseNumber(deps.provider.from);
  return async ({ id, from, text, sentAt, optOut }) => {
    const number = normaliseNumber(from);
    if (!number || number === own) {
      deps.log.info('sms.sender-refused', { provider: deps.provider.name, code: number ? 'loop' : 'no-number' });
      return false;
    }
    const word = deps.keywordOf(text);
    const keyword = SWITCHES.find((known) => known === word);
    await deps.receive({
      sender: { channel: 'sms', number },
      externalId: `${deps.provider.name}:${id}`,
      text,
      ...(sentAt ? { sentAt } : {}),
      ...(keyword ? { keyword } : {}),
      ...(optOut === 'stop' ? { blockedByVendor: true } : {}),
    });
    return true;
  };
}

const SWITCHES = ['stop', 'start', 'night', 'day'] as const;
