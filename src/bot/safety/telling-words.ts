import { atLeast, type Risk } from '../outcome.ts';
import type { TriageFunction } from './triage.ts';

/** From and to (not included) in UTF-16 units. */
export type Span = [from: number, to: number];

const LONGEST = 4_000;

/**
 * Where a text says what raised it to `level`: each sentence that raises it by itself, or all of it when only all of it does. Not
 * finer: out of their sentence a few words sound graver than they are. Empty for a text too long to hear again.
 */
export function tellingWords(triage: TriageFunction, text: string, level: Risk): Span[] {
  if (text.length > LONGEST) return [];
  const sentences = [...text.matchAll(/[^\s.!?\n][^.!?\n]*[.!?]*/gu)].map((found): [Span, string] => [
    [found.index, found.index + found[0].length],
    found[0],
  ]);
  const telling = sentences.filter(([, said]) => atLeast(triage(said, { risk: 'none', channel: 'web' }).risk, level));
  return (telling.length > 0 ? telling : sentences).map(([span]) => span);
}
