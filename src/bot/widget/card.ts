import { fill } from './fill.ts';
import type { Texts } from './texts/texts.ts';

/**
 * What one reads before writing (G9): who reads, that a bot answers first, what is kept and for how long, when we must act, 112.
 * At most 60 words in every language, LIX at most 30 in Swedish. @param keptDays null while the City has decided none.
 */
export const cardOf = ({ card }: Texts, keptDays: number | null): string[] => [
  card.who,
  fill(card.kept, keptDays === null ? card.noDay : fill(card.days, keptDays)),
  card.act,
];
