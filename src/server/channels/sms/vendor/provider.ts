/** A request of the vendor, before anything in it is believed. */
export interface WebhookRequest {
  /** Path and query exactly as called. */
  target: string;
  header(name: string): string | undefined;
  body: Buffer;
}

export interface InboundText {
  /** The vendor's id of the message; a redelivery carries the same. */
  id: string;
  /** As the vendor wrote it: not yet normalised, perhaps no number at all. */
  from: string;
  text: string;
  /** The vendor's word for all repeats of one hand-over, when it has one. */
  retryToken?: string;
  /** When the person sent it, if the vendor says so: parts of a burst may overtake each other. */
  sentAt?: Date;
  /** What the vendor itself has made of it: after `stop` it sends nothing more to the number (F45). */
  optOut?: 'stop' | 'start' | 'help';
}

export interface OutgoingText {
  /** E.164. */
  to: string;
  text: string;
  /** Our delivery's id: comes back with every status, so that even a send whose answer was lost finds its row. */
  reference: string;
}

export interface Accepted {
  providerId: string;
}

export interface StatusUpdate {
  providerId: string;
  reference: string | null;
  status: 'sent' | 'delivered' | 'failed' | 'refused';
  /** The vendor's code, digits or a short word of ours; null when all is well. */
  error: string | null;
}

/** A vendor of text messages. */
export interface SmsProvider {
  /** Of the settings, of the webhooks' path and on each delivery it has had. */
  name: string;
  /** Our own number as configured: a text from it is a loop. */
  from: string;
  /** @throws Problem 403 when the request is not the vendor's, 400 when it cannot be read. */
  inbound(request: WebhookRequest): InboundText;
  /** @throws SmsError */
  send(text: OutgoingText): Promise<Accepted>;
}

/** A vendor that reports by webhook what became of a text. */
export interface SmsVendor extends SmsProvider {
  /** @returns null for a report that changes nothing. @throws Problem 403 or 400 like `inbound`. */
  status(request: WebhookRequest): StatusUpdate | null;
}

/**
 * Why a text was not accepted. `temporary`: certainly or very probably not taken, tried again. `permanent`: never will be.
 * `refused`: the recipient has opted out at the vendor. `unknown`: it may have been taken, so it is not sent again (F30).
 */
export type SmsErrorKind = 'temporary' | 'permanent' | 'refused' | 'unknown';

/** Carries a code and nothing else: no number, no text, no answer of the vendor. */
export class SmsError extends Error {
  readonly kind: SmsErrorKind;
  readonly code: string;
  constructor(kind: SmsErrorKind, code: string) {
    super(`sms ${kind} ${code}`);
    this.name = 'SmsError';
    this.kind = kind;
    this.code = code;
  }
}
