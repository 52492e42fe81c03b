import type { Outcome, Triage, TurnInput } from '../outcome.ts';
import { createTurn, type TurnDeps } from '../turn.ts';

/** What a model adds to what the rules hear and find. */
export interface Hints {
  triage?: Triage;
  /** Approved topics, best first, in place of what the search found. */
  topics?: readonly string[];
}

export type HintedRules = (input: TurnInput, hints?: Hints) => Outcome;

/** A chosen topic counts as a strong hit of the search. */
const SURE = 100;

/**
 * The rules of the turn with hints. They enter where hearing and searching happen, so that every rule after that stays in
 * force: the model can change what is decided on, never who decides.
 */
export function createHintedRules(deps: TurnDeps): HintedRules {
  const plain = createTurn(deps);
  return (input, hints = {}) => {
    const { triage, topics } = hints;
    if (!triage && !topics) return plain(input);
    const hits = topics?.map((id, i) => ({ id, score: SURE - i }));
    return createTurn({
      ...deps,
      triage: triage ? () => triage : deps.triage,
      voice: hits ? { ...deps.voice, search: () => hits } : deps.voice,
    })(input);
  };
}
