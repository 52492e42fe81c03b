import { type Reason, RISK_KINDS, RISKS, type Risk, type RiskKind, worse } from '../outcome.ts';
import type { Rule } from './rules/rule.ts';

/**
 * How sure the model must be: an emergency missed costs more than an urgent text that is told of 112. Picked from a grid of
 * heldout, heldout-2 and dev, so their figures are a little optimistic; heldout-3 had no part in it.
 */
export const THRESHOLDS = {
  /** That the passage is an emergency, when it is at least urgent. */
  emergency: 0.1,
  urgent: 0.5,
  elevated: 0.5,
  /** Where the model is all but sure that something is wrong, less is needed to take it as urgent. */
  calmAtMost: 0.05,
  urgentWhenNotCalm: 0.4,
  /** A few words in which no rule hears anything: the model guesses there, and must be surer. */
  fewWords: 7,
  emergencyInFewWords: 0.2,
  urgentInFewWords: 0.7,
  /** What a rule needs beside it: a sure model may silence it, a firm rule only when it sees next to nothing. */
  beside: 0.6,
  besideElevated: 0.25,
  besideFirm: 0.06,
  kind: 0.35,
} as const;

export interface Opinion {
  /** Probability of every level, in the order of RISKS. */
  risk: Float64Array;
  /** Probability of every kind, in the order of RISK_KINDS. */
  kinds: Float64Array;
}

/** What rules and model together make of one passage: the higher of the two, unless a weak rule stands alone against a sure model. */
export function judge(fired: readonly Rule[], words: number, opinion: Opinion): Reason[] {
  const reasons = fired
    .filter((rule) => heldBy(opinion.risk, rule.level) >= neededBeside(rule))
    .flatMap((rule) => rule.kinds.map((kind): Reason => ({ kind, level: rule.level, rule: rule.id })));
  const level = levelOf(opinion.risk, fired.length === 0 && words <= THRESHOLDS.fewWords);
  if (level === 'none') return reasons;
  const heard = kindsOf(opinion.kinds);
  return [...reasons, ...heard.map((kind): Reason => ({ kind, level, rule: `model.${kind.replaceAll('_', '-')}` }))];
}

const neededBeside = (rule: Rule): number => {
  if (rule.firm) return THRESHOLDS.besideFirm;
  return rule.level === 'elevated' ? THRESHOLDS.besideElevated : THRESHOLDS.beside;
};

/** The level of the most serious reason. */
export const riskOf = (reasons: readonly Reason[]): Risk =>
  reasons.reduce<Risk>((level, reason) => worse(level, reason.level), 'none');

/** @param guessing whether nothing but the model speaks for it, on a few words. */
function levelOf(risk: Float64Array, guessing: boolean): Risk {
  const needed = guessing
    ? { urgent: THRESHOLDS.urgentInFewWords, emergency: THRESHOLDS.emergencyInFewWords }
    : THRESHOLDS;
  const emergency = risk[RISKS.indexOf('emergency')] ?? 0;
  const urgent = emergency + (risk[RISKS.indexOf('urgent')] ?? 0);
  const elevated = urgent + (risk[RISKS.indexOf('elevated')] ?? 0);
  const worried = (risk[0] ?? 0) < THRESHOLDS.calmAtMost && urgent >= THRESHOLDS.urgentWhenNotCalm;
  if (worried || urgent >= needed.urgent) return emergency >= needed.emergency ? 'emergency' : 'urgent';
  return elevated >= THRESHOLDS.elevated ? 'elevated' : 'none';
}

/** How likely the model finds what a rule says; a rule of the two alarm levels is backed by either. */
const heldBy = (risk: Float64Array, level: Risk): number =>
  level === 'elevated' ? 1 - (risk[0] ?? 0) : (risk[2] ?? 0) + (risk[3] ?? 0);

/** Every kind the model is fairly sure of, at least the likeliest. */
function kindsOf(kinds: Float64Array): RiskKind[] {
  const top = Math.max(...kinds);
  return RISK_KINDS.filter((_, at) => {
    const sure = kinds[at] ?? 0;
    return sure === top || sure >= THRESHOLDS.kind;
  });
}
