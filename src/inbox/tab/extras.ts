import { hasShape } from './memory.ts';

/** What belongs to an unsent reply besides its words. */
export interface Extra {
  /** The approved answer it began as, and its words: changed ones are the worker's own. */
  answer?: { id: string; text: string } | undefined;
  /** What the worker wrote before a machine translated it. */
  original?: { text: string; language: string } | undefined;
}

export const isOriginal = (value: unknown): boolean =>
  value === undefined || hasShape(value, { text: 'string', language: 'string' });

export function isExtra(value: unknown): value is Extra {
  const { answer, original } = Object(value);
  return (answer === undefined || hasShape(answer, { id: 'string', text: 'string' })) && isOriginal(original);
}

/** What goes with a reply whose words are these: the answer only where not a word was changed. */
export function sentWith(extra: Extra | undefined, text: string): { answer?: string; original?: Extra['original'] } {
  return {
    ...(extra?.answer?.text === text ? { answer: extra.answer.id } : {}),
    ...(extra?.original ? { original: extra.original } : {}),
  };
}
