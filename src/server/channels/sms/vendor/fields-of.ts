import type { z } from 'zod';
import { Problem } from '../../../problem.ts';
import type { WebhookRequest } from './provider.ts';

/** The fields of a form or a JSON object; whatever the schema does not name is dropped. @throws Problem 400 */
export function fieldsOf<T extends z.ZodType>(request: WebhookRequest, schema: T): z.infer<T> {
  const json = (request.header('content-type') ?? '').startsWith('application/json');
  const parsed = schema.safeParse(json ? parse(request.body) : formOf(request.body));
  if (!parsed.success) throw new Problem(400);
  return parsed.data;
}

const formOf = (body: Buffer) => Object.fromEntries(new URLSearchParams(body.toString('utf8')));

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem(400);
  }
}
