import type { Handover, Item } from '../wire.ts';

const RISKS: readonly Item['risk'][] = ['none', 'elevated', 'urgent', 'emergency'];

/** How grave a level is: 0 to 3. */
export const gravity = (risk: Item['risk']): number => RISKS.indexOf(risk);

/** Each kind of danger once, at its highest level, with the rules that heard it; the gravest first. */
export function worstFirst(reasons: Handover['reasons']): { kind: string; level: Item['risk']; rules: string[] }[] {
  const kinds = new Map<string, { kind: string; level: Item['risk']; rules: string[] }>();
  for (const { kind, level, rule } of reasons.toSorted((a, b) => gravity(b.level) - gravity(a.level))) {
    const known = kinds.get(kind);
    if (known) known.rules.push(rule);
    else kinds.set(kind, { kind, level, rules: [rule] });
  }
  return [...kinds.values()];
}
