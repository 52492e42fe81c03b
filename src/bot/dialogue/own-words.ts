import type { FirstWord, Triage, TurnInput } from '../outcome.ts';
import type { Voice } from './draft.ts';
import { languageOf, triageOf, typedAtWork } from './first-words.ts';
import { buttonOf, type Offer } from './picked-of.ts';

/** What a message of our own words means, and the language it is in. */
export interface OwnWords {
  language: string;
  triage: Triage;
  /** Tapped before anything was written. */
  firstWord?: FirstWord;
}

/**
 * A button sends back our own words. They tell what the button means and nothing else: a title with "threat" in it is no threat,
 * and a short one is in the language of the button. Null when somebody wrote something of their own.
 */
export function ownWords(voice: Voice, text: string, offer: Offer, firstWord?: FirstWord): OwnWords | null {
  const word = firstWord ?? typedAtWork(voice.phrases, text);
  const language = word && languageOf(voice.phrases, word, text);
  if (word && language) return { language, triage: triageOf(word), firstWord: word };
  return buttonOf(voice, text, offer) ? { language: offer.language, triage: triageOf(null) } : null;
}

/** Nothing in these messages is the writer's own. */
export const areOwnWords = (voice: Voice, input: TurnInput): boolean => {
  const written = input.messages.filter((m) => !m.firstWord).map((m) => m.text);
  return written.length === 0 || buttonOf(voice, written.join('\n'), input) !== null;
};
