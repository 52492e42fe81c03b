import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../../../problem.ts';
import { errorOfStatus } from '../classify-code.ts';
import { fieldsOf } from '../vendor/fields-of.ts';
import { postForm } from '../vendor/post-form.ts';
import { SmsError, type SmsVendor, type WebhookRequest } from '../vendor/provider.ts';
import { referenceOf } from '../vendor/reference-of.ts';

export interface ElksSettings {
  username: string;
  password: string;
  /** A number in E.164: an alphanumeric sender cannot be answered (DOMAIN 6.3). */
  from: string;
  apiUrl?: string;
  webhookUser: string;
  webhookPassword: string;
  publicUrl: string;
}

/**
 * 46elks (DOMAIN 6.3). It signs nothing, so its webhooks carry Basic credentials, which it takes from the URL it is given.
 * `dontlog=message` keeps the words out of its logs. A body in our answer would be texted to the person: there never is one.
 */
export function createElks(settings: ElksSettings, timeoutMs = 10_000): SmsVendor {
  const api = `${(settings.apiUrl ?? 'https://api.46elks.com/a1').replace(/\/+$/, '')}/sms`;
  const wanted = digest(`${settings.webhookUser}:${settings.webhookPassword}`);
  const callback = callbackOf(settings);

  return {
    name: '46elks',
    from: settings.from,
    inbound(request) {
      const { id, from, message, created } = read(request, Inbound);
      return { id, from, text: message, ...(created ? { sentAt: created } : {}) };
    },
    status(request) {
      const { id, status } = read(request, Status);
      if (status !== 'sent' && status !== 'delivered' && status !== 'failed') return null;
      const reference = referenceOf(request.target);
      return { providerId: id, reference, status, error: status === 'failed' ? 'failed' : null };
    },
    async send({ to, text, reference }) {
      const whendelivered = `${callback}?delivery=${reference}`;
      const form = { from: settings.from, to, message: text, whendelivered, dontlog: 'message' };
      const credentials = { user: settings.username, password: settings.password };
      const { status, json } = await postForm(api, credentials, form, timeoutMs);
      if (status < 200 || status > 299) throw errorOfStatus(status);
      const created = Created.safeParse(json);
      if (!created.success) throw new SmsError('unknown', 'no-id');
      if (created.data.status === 'failed') throw new SmsError('permanent', 'failed');
      return { providerId: created.data.id };
    },
  };

  function read<T extends z.ZodType>(request: WebhookRequest, schema: T): z.infer<T> {
    const [scheme, value = ''] = (request.header('authorization') ?? '').split(' ');
    const given = digest(Buffer.from(value, 'base64').toString('utf8'));
    if (!timingSafeEqual(given, wanted) || scheme?.toLowerCase() !== 'basic') throw new Problem(403);
    return fieldsOf(request, schema);
  }
}

/** `https://user:password@host/…`, as 46elks documents for delivery reports. */
function callbackOf({ publicUrl, webhookUser, webhookPassword }: ElksSettings): string {
  const url = new URL(`${publicUrl.replace(/\/+$/, '')}/sms/46elks/status`);
  url.username = encodeURIComponent(webhookUser);
  url.password = encodeURIComponent(webhookPassword);
  return url.href;
}

/** Of equal length whatever was sent, so that the comparison's time tells nothing. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const Id = z.string().regex(/^[\w-]{1,64}$/);
/** `created` is UTC without saying so (DOMAIN 6.3). */
const CreatedAt = z.iso
  .datetime({ local: true })
  .transform((at) => new Date(/Z$/.test(at) ? at : `${at}Z`))
  .optional()
  .catch(undefined);
const Inbound = z.object({
  direction: z.literal('incoming'),
  id: Id,
  from: z.string(),
  message: z.string(),
  created: CreatedAt,
});
const Status = z.object({ id: Id, status: z.string().max(32) });
const Created = z.object({ id: Id, status: z.string().optional() });
