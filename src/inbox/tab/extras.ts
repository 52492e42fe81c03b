import { z } from 'zod';

/** What belongs to an unsent reply besides its words. */
export const Extra = z.object({
  /** The approved answer it began as, and its words: changed ones are the worker's own. */
  answer: z.object({ id: z.string(), text: z.string() }).optional(),
  /** What the worker wrote before a machine translated it. */
  original: z.object({ text: z.string(), language: z.string() }).optional(),
});
export type Extra = z.infer<typeof Extra>;

/** What goes with a reply whose words are these: the answer only where not a word was changed. */
export function sentWith(extra: Extra | undefined, text: string): { answer?: string; original?: Extra['original'] } {
  return {
    ...(extra?.answer?.text === text ? { answer: extra.answer.id } : {}),
    ...(extra?.original ? { original: extra.original } : {}),
  };
}
