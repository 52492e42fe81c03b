import type { z } from 'zod';
import type * as wire from '../wire.ts';
import { FORM, FORM_HEADER } from '../wire.ts';
import { listPath } from './list-path.ts';
import type { Session } from './session.ts';

/** The service understood and said no. Sending the same again would not help. */
export class Refused extends Error {
  readonly status: number;
  /** The colleague who has the conversation. */
  readonly holder: string | null;
  /** Why, as a code, with a 403 or 409. */
  readonly reason: string | null;
  /** The conversation to go to instead. */
  readonly conversation: string | null;
  constructor(
    status: number,
    holder: string | null = null,
    reason: string | null = null,
    conversation: string | null = null,
  ) {
    super(`refused ${status}`);
    this.status = status;
    this.holder = holder;
    this.reason = reason;
    this.conversation = conversation;
  }
}
/** No answer, or one that says "later": it may or may not have been done. */
export class Unreachable extends Error {}
/** The answer has a shape this page does not know: the server is newer than the page. */
export class Outdated extends Error {}

/** Verbs after which nobody, or somebody else, holds it; after which the reader does; and those of an offer. */
export type Verb = 'release' | 'hand-back' | 'close' | 'hold';
export type TakingVerb = 'claim' | 'accept' | 'take-over' | 'reopen';
export type OfferVerb = 'transfer' | 'withdraw' | 'decline';
export type Outcome = (typeof wire.OUTCOMES)[number];

const TIMEOUT_MS = 15_000;

export type Api = ReturnType<typeof createApi>;

/** The staff API (INTERFACES.md §3). Every call throws `Refused`, `Unreachable`, `Outdated` or the session's `SignInNeeded`. */
export function createApi(deps: { session: Session; fetch: typeof fetch }) {
  const { session } = deps;

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${await session.bearer()}`);
      const response = await deps
        .fetch(`/api/inbox/${path}`, { ...init, headers, cache: 'no-store' })
        .catch(() => null);
      if (!response) throw new Unreachable();
      if (response.status !== 401) return response;
      session.forget();
      if (attempt > 0) throw new Refused(401);
    }
  }

  /** What is answered has the shapes of `wire.ts`: the service says which it has, and those are this page's or it is outdated. */
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const response = await call(path, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const answer = await response.json().catch(() => null);
    if (response.status === 429 || response.status >= 500) throw new Unreachable();
    if (!response.ok) {
      const { holder, reason, conversation }: Partial<wire.ProblemBody> = answer ?? {};
      throw new Refused(response.status, holder ?? null, reason ?? null, conversation ?? null);
    }
    if (answer === null || response.headers.get(FORM_HEADER) !== FORM) throw new Outdated();
    return answer;
  }

  const at = (id: string, verb = '') => `conversations/${encodeURIComponent(id)}${verb && `/${verb}`}`;

  return {
    me: () => ask<wire.Me>('me'),
    counts: () => ask<wire.Counts>('counts'),
    districts: () => ask<{ items: wire.District[] }>('districts'),
    duty: () => ask<wire.Duty>('me/duty'),
    setDuty: (body: wire.DutyBody) => ask<wire.Duty>('me/duty', body),
    list(query: Omit<wire.ListQuery, 'cursor'> & { cursor: string | null }) {
      return ask<wire.Page>(listPath(query));
    },
    open: (id: string) => ask<wire.Opened>(at(id)),
    offers: () => ask<{ items: wire.Offer[] }>('offers'),
    colleagues: () => ask<wire.Colleagues>('colleagues'),
    take: (id: string, verb: TakingVerb, body: object) => ask<wire.Claimed>(at(id, verb), body),
    verb: (id: string, verb: Verb, body: object) => ask<{ conversation: wire.Item }>(at(id, verb), body),
    offer: (id: string, verb: OfferVerb, body: object) => ask<{ offer: wire.Offer }>(at(id, verb), body),
    breakGlass: (id: string, reason: string) => ask<{ glass: wire.Glass }>(at(id, 'glass'), { reason }),
    remind: (id: string, body: { seq: number; dueAt: string; text: string }) =>
      ask<{ reminder: wire.Reminder }>(at(id, 'reminders'), body),
    reminderDone: (id: string, reminder: string) =>
      ask<{ promised: wire.Reminder[] }>(at(id, 'reminder-done'), { reminder }),
    answers: (query: wire.ApprovedQuery) => ask<{ items: wire.Approved[] }>(`answers?${new URLSearchParams(query)}`),
    writing: () => ask<wire.Writing>('writing'),
    translate: (id: string, body: z.infer<typeof wire.TranslateBody>) =>
      ask<{ translation: wire.Translation }>(at(id, 'translate'), body),
    reply: (id: string, body: z.infer<typeof wire.ReplyBody>) => ask<{ message: wire.Message }>(at(id, 'reply'), body),
    note: (id: string, body: { clientId: string; text: string }) => ask<{ note: wire.Note }>(at(id, 'note'), body),
    readProtected: (id: string, claim: string, keep: boolean) =>
      ask<wire.ProtectedField>(at(id, keep ? 'keep-protected' : 'protected'), { claim }),
    /** The live stream, still open. */
    async stream(lastEventId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
      const headers = { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) };
      const response = await call('stream', { headers, signal });
      if (response.status === 403) throw new Refused(403);
      if (!response.ok || !response.body) throw new Unreachable();
      return response.body;
    },
  };
}
