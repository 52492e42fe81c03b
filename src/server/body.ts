import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { z } from 'zod';
import { Problem } from './problem.ts';

/**
 * The raw body, at most `limit` bytes. Counts while reading: the stock body limit costs three times the throughput (SPEED §2a).
 * @throws Problem 413 when it is larger.
 */
export async function readBody(c: Context, limit: number): Promise<Buffer> {
  if (Number(c.req.header('content-length') ?? 0) > limit) throw new Problem(413);
  const incoming = incomingOf(c);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming ?? c.req.raw.body ?? []) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > limit) throw new Problem(413);
    parts.push(bytes);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** @throws Problem 400 for anything that is not a JSON value of the schema's shape. The schema's messages are not shown. */
export async function readJson<T extends z.ZodType>(c: Context, schema: T, limit = 64 * 1024): Promise<z.infer<T>> {
  const raw = await readBody(c, limit);
  let value: unknown;
  try {
    value = raw.length === 0 ? {} : JSON.parse(raw.toString('utf8'));
  } catch {
    throw new Problem(400, 'The body is not valid JSON.');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem(400, `The body does not fit: ${paths(parsed.error)}.`);
  return parsed.data;
}

const paths = (error: z.ZodError): string =>
  [...new Set(error.issues.map((i) => i.path.map(String).join('.') || 'body'))].join(', ').slice(0, 200);

const Bindings = z.object({
  incoming: z.custom<IncomingMessage>((v) => typeof v === 'object' && v !== null && 'socket' in v),
});
function incomingOf(c: Context): IncomingMessage | null {
  const parsed = Bindings.safeParse(c.env);
  return parsed.success ? parsed.data.incoming : null;
}
