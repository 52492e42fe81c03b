import { z } from 'zod';
import { Problem } from '../../../problem.ts';
import { classifyCode, errorOfStatus } from '../classify-code.ts';
import { fieldsOf } from '../vendor/fields-of.ts';
import { postForm } from '../vendor/post-form.ts';
import { SmsError, type SmsVendor, type StatusUpdate, type WebhookRequest } from '../vendor/provider.ts';
import { referenceOf } from '../vendor/reference-of.ts';
import { isSignedByTwilio } from './twilio-signature.ts';

export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  /** A number in E.164, or a Messaging Service (`MG…`). */
  from: string;
  apiUrl?: string;
  publicUrl: string;
}

/** Programmable Messaging (DOMAIN 6.2). Of an inbound text only id, sender and words are read; place guesses are not touched. */
export function createTwilio(settings: TwilioSettings, timeoutMs = 10_000): SmsVendor {
  const { accountSid, authToken, from } = settings;
  const publicUrl = settings.publicUrl.replace(/\/+$/, '');
  const api = `${(settings.apiUrl ?? 'https://api.twilio.com').replace(/\/+$/, '')}/2010-04-01/Accounts/${accountSid}/Messages.json`;

  return {
    name: 'twilio',
    from,
    inbound(request) {
      const { MessageSid, From, Body, OptOutType } = read(request, Inbound);
      // The same for all attempts to hand over one webhook (Twilio's connection overrides).
      const retryToken = request.header('i-twilio-idempotency-token');
      return {
        id: MessageSid,
        from: From,
        text: Body,
        ...(OptOutType ? { optOut: OptOutType } : {}),
        ...(retryToken ? { retryToken } : {}),
      };
    },
    status(request) {
      const { MessageSid, MessageStatus, ErrorCode } = read(request, Status);
      const error = ErrorCode && ErrorCode !== '0' ? ErrorCode : null;
      const status = stateOf(MessageStatus, error);
      if (!status) return null;
      const failed = status === 'failed' || status === 'refused';
      const reference = referenceOf(request.target);
      return { providerId: MessageSid, reference, status, error: failed ? (error ?? MessageStatus) : null };
    },
    async send({ to, text, reference }) {
      const sender: Record<string, string> = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };
      const StatusCallback = `${publicUrl}/sms/twilio/status?delivery=${reference}${OVERRIDES}`;
      const form = { To: to, ...sender, Body: text, StatusCallback };
      const { status, json } = await postForm(api, { user: accountSid, password: authToken }, form, timeoutMs);
      if (status < 200 || status > 299) throw failure(status, json);
      const created = Created.safeParse(json);
      if (!created.success) throw new SmsError('unknown', 'no-id');
      const { sid, status: state, error_code: code } = created.data;
      if (state === 'failed') throw new SmsError(classifyCode(String(code ?? '')), String(code ?? 'failed'));
      return { providerId: sid };
    },
  };

  function read<T extends z.ZodType>(request: WebhookRequest, schema: T): z.infer<T> {
    const contentType = request.header('content-type') ?? '';
    const signature = request.header('x-twilio-signature') ?? '';
    const called = publicUrl + request.target;
    // A fragment never reaches us; whether it was part of what was signed, Twilio's documentation leaves open.
    const signed = [called, called + OVERRIDES].some((url) =>
      isSignedByTwilio(authToken, { url, signature, contentType, body: request.body }),
    );
    if (!signed) throw new Problem(403);
    return fieldsOf(request, schema);
  }
}

/** Connection overrides: a report that meets a deploy is tried five times instead of once, on errors and timeouts alike. */
const OVERRIDES = '#rc=5&rp=all';

const Sid = z.string().regex(/^[A-Za-z0-9]{2,64}$/);
/** Advanced Opt-Out says what Twilio did: its STOP is noted, its START is not, since our own record wins (F45). */
const OptOutType = z
  .enum(['STOP', 'START', 'HELP'])
  .transform((word): 'stop' | 'start' | 'help' => (word === 'STOP' ? 'stop' : word === 'START' ? 'start' : 'help'))
  .optional()
  .catch(undefined);
const Inbound = z.object({ MessageSid: Sid, From: z.string(), Body: z.string(), OptOutType });
const Status = z.object({
  MessageSid: Sid,
  MessageStatus: z.string().regex(/^[a-z_]{1,32}$/),
  ErrorCode: z
    .string()
    .regex(/^\d{0,6}$/)
    .optional(),
});
const Created = z.object({
  sid: Sid,
  status: z.string().optional(),
  error_code: z.number().int().nullable().optional(),
});
const Refusal = z.object({ code: z.number().int().positive() });

function stateOf(status: string, error: string | null): StatusUpdate['status'] | null {
  if (status === 'sent' || status === 'delivered') return status;
  if (status === 'read') return 'delivered';
  if (status === 'undelivered' || status === 'failed' || status === 'canceled') {
    return error && classifyCode(error) === 'refused' ? 'refused' : 'failed';
  }
  return null;
}

/** A 4xx with Twilio's own code speaks for itself; otherwise the status does. */
function failure(status: number, json: unknown): SmsError {
  const { data } = Refusal.safeParse(json);
  const byStatus = errorOfStatus(status);
  if (!data || byStatus.kind !== 'permanent') return byStatus;
  return new SmsError(classifyCode(String(data.code)), String(data.code));
}
