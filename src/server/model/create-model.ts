import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import type { Model, ModelFailure, Question } from '../../bot/model/model.ts';
import { type Attempt, askOnce, DIALECTS } from './ask-once.ts';
import { createCircuit } from './circuit.ts';

export interface ModelSettings {
  /** OPENAI_BASE_URL: the only host that is ever asked. */
  baseUrl: string;
  /** OPENAI_API_KEY: null for a server of the city's own that wants none. */
  apiKey: string | null;
  /** OPENAI_MODEL. */
  model: string;
}

/** What passes while a model is asked. */
export interface ModelTime {
  /** Milliseconds on a clock that only moves forward. */
  now(): number;
  /** Comes when so many milliseconds have passed. */
  after(ms: number): AbortSignal;
}
const REAL_TIME: ModelTime = { now: () => performance.now(), after: (ms) => AbortSignal.timeout(ms) };

/** Below this a second try would only be cut off, milliseconds. */
const LEAST_FOR_RETRY_MS = 800;

/** Worth one more try at once: a hiccup of the line or the server, or words of the API it does not know. */
const AGAIN: ReadonlySet<ModelFailure> = new Set<ModelFailure>([
  'unavailable',
  'unreachable',
  'rate-limited',
  'rejected',
  'cut',
  'empty',
]);

/**
 * A model on any server that speaks OpenAI's API. One quick retry when the time allows, none of the client's own; a server
 * that fails again and again is left alone for a while. Nothing is logged, no redirect followed, nothing about this machine told.
 */
export function createModel(settings: ModelSettings, { now, after }: ModelTime = REAL_TIME): Model {
  const client = createClient(settings);
  const circuit = createCircuit(now);
  let dialect = 0;

  async function attempts<T>(question: Question<T>, until: number, signal: AbortSignal): Promise<Attempt<T>> {
    const used = dialect;
    const first = await askOnce(client, settings.model, question, DIALECTS[used] ?? 'bare', signal);
    if (first.ok || !AGAIN.has(first.why) || until - now() < first.restMs + LEAST_FOR_RETRY_MS) return first;
    const next = first.why === 'rejected' ? used + 1 : used;
    const other = DIALECTS[next];
    if (!other) return first;
    if (first.restMs > 0) await sleep(first.restMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return first;
    const second = await askOnce(client, settings.model, question, other, signal);
    if (second.ok) dialect = Math.max(dialect, next);
    return second;
  }

  return {
    name: settings.model,
    async ask(question, budgetMs) {
      if (!circuit.mayAsk()) return { ok: false, why: 'resting' };
      const signal = after(budgetMs);
      const late = aborted(signal);
      const answer = await Promise.race([attempts(question, now() + budgetMs, signal), late.promise]);
      late.forget();
      circuit.note(answer.ok ? null : answer.why, answer.ok ? 0 : answer.restMs);
      return answer.ok ? answer : { ok: false, why: answer.why };
    },
  };
}

/** The end of the budget, whatever the client does with its signal. */
function aborted(signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<{ ok: false; why: 'timeout'; restMs: number }>();
  const listener = () => resolve({ ok: false, why: 'timeout', restMs: 0 });
  signal.addEventListener('abort', listener, { once: true });
  return { promise, forget: () => signal.removeEventListener('abort', listener) };
}

function createClient({ baseUrl, apiKey }: ModelSettings): OpenAI {
  const untold = ['Lang', 'Package-Version', 'OS', 'Arch', 'Runtime', 'Runtime-Version', 'Retry-Count', 'Timeout'];
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    defaultHeaders: {
      ...Object.fromEntries(untold.map((name) => [`X-Stainless-${name}`, null])),
      'User-Agent': 'utvag',
      ...(apiKey === null ? { Authorization: null } : {}),
    },
  });
}
