import type { FirstWord, Triage } from '../outcome.ts';
import type { Voice } from './draft.ts';
import { languageOf, triageOf } from './first-words.ts';
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
  const tappedIn = firstWord ? languageOf(voice.phrases, firstWord, text) : null;
  if (firstWord && tappedIn) return { language: tappedIn, triage: triageOf(firstWord), firstWord };
  return buttonOf(voice, text, offer) ? { language: offer.language, triage: triageOf(null) } : null;
}
