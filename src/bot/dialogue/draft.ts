import type { Library } from '../knowledge/library.ts';
import type { FoundPlace } from '../knowledge/places/find-place.ts';
import type { Search } from '../knowledge/search.ts';
import type { AnswerRef, Choice, DialogueState, FirstWord, HandoffReason, Triage, TurnInput } from '../outcome.ts';
import type { Consent } from '../safety/consent.ts';
import type { Request } from '../safety/requests.ts';
import type { DangerWords } from '../words/danger-words.ts';
import type { Phrases } from '../words/phrases.ts';

/** The bot's approved words and how it finds them. */
export interface Voice {
  phrases: Phrases;
  danger: DangerWords;
  library: Library;
  search: Search;
  /** District names by code, for texts. */
  districtName(code: string): string;
}

/** What was heard in this turn's messages. */
export interface Heard {
  input: TurnInput;
  text: string;
  triage: Triage;
  request: Request | null;
  place: FoundPlace | null;
  language: string;
  brief: boolean;
  /** The answer to "may we write here?". */
  consent: Consent | null;
  /** The id of the choice of the last reply that was picked. */
  picked: string | null;
  firstWord: FirstWord | null;
  /** Somebody who meets young people at work: never an alarm without danger, a person only as a question that waits. */
  professional: boolean;
}

/** One thing the bot might do about it. The first step with a draft decides. */
export interface Draft {
  said: { text: string; ref: AnswerRef }[];
  choices?: Choice[];
  handoff?: HandoffReason;
  state?: Partial<DialogueState>;
  district?: string;
  topics?: string[];
  /** Whether the number or address that was put aside is kept. */
  keep?: boolean;
  /** Danger words stand alone: no greeting before them, no question after. */
  alone?: boolean;
}

export type Step = (heard: Heard, voice: Voice) => Draft | null;

export const situationOf = ({ input, language, place }: Heard) => ({
  language,
  channel: input.channel,
  opening: input.opening(place?.district && place.district !== 'outside' ? place.district : input.district),
  now: input.now,
  ahead: input.ahead,
});

/** A fixed phrase in the turn's language and channel. */
export const phrase = (
  { language, input }: Heard,
  { phrases }: Voice,
  key: Parameters<Phrases['say']>[0],
  values: Record<string, string | number> = {},
) => phrases.say(key, language, input.channel, values);

const PHRASE_CHOICES = [
  'choice_human',
  'choice_request',
  'choice_skip',
  'choice_yes',
  'choice_no',
  'rather_not_say',
] as const;
type PhraseChoice = (typeof PHRASE_CHOICES)[number];
export const isPhraseChoice = (id: string): id is PhraseChoice => PHRASE_CHOICES.some((known) => known === id);

export const choice = (heard: Heard, voice: Voice, id: PhraseChoice): Choice => ({
  id,
  title: phrase(heard, voice, id).text,
});

/** A person, in the way that fits who is asking. */
export const personChoice = (heard: Heard, voice: Voice): Choice =>
  choice(heard, voice, heard.professional ? 'choice_request' : 'choice_human');
