import OpenAI from 'openai';
import { z } from 'zod';
import type { ModelFailure } from '../../bot/model/model.ts';

export interface Failed {
  why: ModelFailure;
  /** How long the server asked to be left alone, milliseconds; 0 when it did not say. */
  restMs: number;
}

/** What an error of the client means. Only its class, status and code are read: its message can hold people's words. */
export function failureOf(error: unknown, aborted: boolean): Failed {
  if (aborted || error instanceof OpenAI.APIUserAbortError || error instanceof OpenAI.APIConnectionTimeoutError)
    return { why: 'timeout', restMs: 0 };
  if (error instanceof OpenAI.APIConnectionError) return { why: 'unreachable', restMs: 0 };
  if (error instanceof OpenAI.APIError) return { why: byStatus(error.status, error), restMs: restOf(error) };
  // The answer had begun: the connection broke in its body, or the body is half a JSON text.
  return { why: 'cut', restMs: 0 };
}

function byStatus(status: number | undefined, error: { code?: unknown; error?: unknown }): ModelFailure {
  if (status === 429) return 'rate-limited';
  if (status !== undefined && status >= 500) return 'unavailable';
  if (isFiltered(error)) return 'content-filter';
  return status === 400 || status === 422 ? 'rejected' : 'denied';
}

const Filtered = z.union([
  z.object({ code: z.literal('content_filter') }),
  z.object({ type: z.literal('content_filter') }),
  z.object({ innererror: z.object({ code: z.literal('ResponsibleAIPolicyViolation') }) }),
]);
const isFiltered = (error: { code?: unknown; error?: unknown }): boolean =>
  error.code === 'content_filter' || Filtered.safeParse(error.error).success;

function restOf({ headers }: { headers: Headers | undefined }): number {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? seconds * 1_000 : 0;
}
