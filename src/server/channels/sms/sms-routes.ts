import type { Context, Handler } from 'hono';
import type { Door } from '../../auth/door.ts';
import { factsOf, type Log } from '../../log.ts';
import { Problem } from '../../problem.ts';
import type { ApplyStatus } from './apply-status.ts';
import type { InboundText, SmsVendor, WebhookRequest } from './vendor/provider.ts';
import { webhookRequest } from './vendor/webhook-request.ts';

export interface VendorRoutesDeps {
  vendor: SmsVendor;
  takeText(text: InboundText): Promise<boolean>;
  applyStatus: ApplyStatus;
  log: Log;
}

/**
 * `POST /sms/<vendor>` and `/sms/<vendor>/status`. Every answer has an empty body, errors too: 46elks texts a body to the person.
 * 204 after the commit, 403 for a wrong signature, 400 unreadable, 413 too large, 503 when it could not be stored, so that the
 * vendor tries again.
 */
export function vendorRoutes(door: Door, { vendor, takeText, applyStatus, log }: VendorRoutesDeps): void {
  const path = `/sms/${vendor.name}`;
  const on = (at: string, act: (request: WebhookRequest) => Promise<unknown>) =>
    door.on('provider', 'post', at, answerEmpty(act, vendor.name, log));
  on(path, (request) => takeText(vendor.inbound(request)));
  on(`${path}/status`, async (request) => {
    const update = vendor.status(request);
    if (update) await applyStatus(update);
  });
}

function answerEmpty(act: (request: WebhookRequest) => Promise<unknown>, provider: string, log: Log): Handler {
  return async (c: Context) => {
    try {
      await act(await webhookRequest(c));
      return c.body(null, 204);
    } catch (error) {
      if (error instanceof Problem) {
        log.warn('sms.webhook-refused', { provider, status: error.status });
        return new Response(null, { status: error.status });
      }
      log.error('sms.webhook-failed', { provider, ...factsOf(error) });
      return c.body(null, 503);
    }
  };
}
