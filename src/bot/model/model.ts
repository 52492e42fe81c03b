import type { z } from 'zod';

/** What a language model is asked. `data` may hold people's (masked) words; `system` never does. */
export interface Question<T> {
  /** A short name of the answer's shape, for servers that want one. */
  name: string;
  system: string;
  data: string;
  schema: z.ZodType<T>;
}

/** Why there is no answer. Each is a state of its own with a test (F48); none carries a word of what was asked or answered. */
export type ModelFailure =
  | 'timeout'
  | 'rate-limited'
  | 'unavailable'
  | 'unreachable'
  | 'rejected'
  | 'denied'
  | 'content-filter'
  | 'refusal'
  | 'empty'
  | 'cut'
  | 'malformed'
  | 'resting';

export type ModelAnswer<T> = { ok: true; value: T } | { ok: false; why: ModelFailure };

export interface Model {
  /** As configured, for the record of each message (A7). */
  name: string;
  /** Answers or fails within `budgetMs` milliseconds. Never throws. */
  ask<T>(question: Question<T>, budgetMs: number): Promise<ModelAnswer<T>>;
}
