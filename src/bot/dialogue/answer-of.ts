import type { Heard, Voice } from './draft.ts';

/** One approved answer, or null when there is none that may be said now. */
export function answerOf(heard: Heard, voice: Voice, topic: string) {
  const channel = heard.brief ? 'sms' : heard.input.channel;
  const answer = voice.library.answer(topic, heard.language, channel, heard.input.now);
  return answer ? { said: { text: answer.text, ref: { id: answer.id, version: answer.version } }, answer } : null;
}

export type Found = NonNullable<ReturnType<typeof answerOf>>;

/** Above this the search's first hit is what was asked for; below, it is the best of weak guesses. */
const STRONG = 0.6;

export const hasStrongHit = (heard: Heard, voice: Voice): boolean =>
  (voice.search(heard.text, heard.language)[0]?.score ?? 0) >= STRONG;
