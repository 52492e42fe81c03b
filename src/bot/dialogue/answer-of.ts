import type { Heard, Voice } from './draft.ts';

/** One approved answer, or null when there is none that may be said now. */
export function answerOf(heard: Heard, voice: Voice, topic: string) {
  const channel = heard.brief ? 'sms' : heard.input.channel;
  const answer = voice.library.answer(topic, heard.language, channel, heard.input);
  if (!answer) return null;
  const { id, version, translation, text } = answer;
  return { said: { text, ref: { id, version, ...(translation ? { translation } : {}) } }, answer };
}

export type Found = NonNullable<ReturnType<typeof answerOf>>;

/** Above this the search's first hit is what was asked for; below, it is the best of weak guesses. */
const STRONG = 0.6;

export const hasStrongHit = (heard: Heard, voice: Voice): boolean =>
  (voice.search(heard.text, heard.language)[0]?.score ?? 0) >= STRONG;
