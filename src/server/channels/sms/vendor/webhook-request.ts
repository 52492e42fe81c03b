import type { Context } from 'hono';
import { z } from 'zod';
import { readBody } from '../../../body.ts';
import type { WebhookRequest } from './provider.ts';

const LIMIT_BYTES = 64 * 1024;
/** Hono's URL is a normalised one; Node keeps what was sent. */
const Raw = z.object({ incoming: z.object({ url: z.string() }) });

/** The request as it came, body unparsed, so that it can be verified first: a vendor signs its own spelling. @throws Problem 413 */
export async function webhookRequest(c: Context): Promise<WebhookRequest> {
  const body = await readBody(c, LIMIT_BYTES);
  const raw = Raw.safeParse(c.env);
  const target = raw.success ? raw.data.incoming.url : targetOf(c.req.url);
  return { target, header: (name) => c.req.header(name), body };
}

const targetOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] || '/';
