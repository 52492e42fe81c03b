import type { ModelFailure } from '../../bot/model/model.ts';

/** Lets nobody wait for a server that is down: after some failures in a row it is left alone, then tried by one turn. */
export interface Circuit {
  /** Whether the server may be asked now. A yes while it rests makes this the one trial. */
  mayAsk(): boolean;
  /** What came of it; `null` for an answer. `restMs` is how long the server asked to be left alone. */
  note(failure: ModelFailure | null, restMs?: number): void;
}

const FAILURES = 4;
const REST_MS = 30_000;
const LONGEST_REST_MS = 120_000;

/** Failures that say something about one message, not about the server. */
const INNOCENT: ReadonlySet<ModelFailure> = new Set<ModelFailure>(['content-filter', 'refusal']);

/** @param now milliseconds on any clock that only moves forward. In memory: each process learns for itself. */
export function createCircuit(now: () => number): Circuit {
  let failures = 0;
  let restUntil = 0;
  let trying = false;
  return {
    mayAsk() {
      if (now() < restUntil || trying) return false;
      trying = failures >= FAILURES;
      return true;
    },
    note(failure, restMs = 0) {
      trying = false;
      const works = failure === null || INNOCENT.has(failure);
      failures = works ? 0 : failures + 1;
      const rest = failures >= FAILURES ? Math.max(REST_MS, restMs) : restMs;
      if (rest > 0) restUntil = now() + Math.min(rest, LONGEST_REST_MS);
    },
  };
}
