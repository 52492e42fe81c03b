import { RISKS, type Risk, type Triage, worse } from '../outcome.ts';
import { wordsOf } from './guard/words-of.ts';
import type { HeardDanger } from './questions.ts';

/** Written as the rule of every reason that came from the model, so that staff can see whose judgement it was. */
export const MODEL_RULE = 'model';

/**
 * What the rules heard, raised by what the model heard; never lowered (DESIGN §2.3, AI3). A level above `elevated` needs
 * words of the writer's own as its ground: an invented or ordered alarm becomes an offer of a human at most.
 */
export function raised(rules: Triage, model: HeardDanger, text: string): Triage {
  const level = occursIn(model.evidence, text) ? model.risk : lower(model.risk, 'elevated');
  if (worse(rules.risk, level) === rules.risk) return rules;
  const kinds = model.kinds.length > 0 ? [...new Set(model.kinds)] : (['distress'] as const);
  return {
    ...rules,
    risk: level,
    kinds: [...new Set([...kinds, ...rules.kinds])],
    reasons: [...kinds.map((kind) => ({ kind, level, rule: MODEL_RULE })), ...rules.reasons],
  };
}

const lower = (a: Risk, b: Risk): Risk => (RISKS.indexOf(a) <= RISKS.indexOf(b) ? a : b);

/** Models copy carelessly: two neighbouring words of the evidence must stand so in the text, or its only word. */
function occursIn(evidence: string, text: string): boolean {
  const quoted = wordsOf(evidence);
  const written = ` ${wordsOf(text).join(' ')} `;
  if (quoted.length <= 1) return quoted.length === 1 && written.includes(` ${quoted[0]} `);
  return quoted.some((word, i) => i > 0 && written.includes(` ${quoted[i - 1]} ${word} `));
}
