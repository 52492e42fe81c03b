import type { TurnInput } from '../outcome.ts';
import type { Request } from '../safety/requests.ts';
import { isPhraseChoice, type Voice } from './draft.ts';

const ORDER: readonly Request[] = ['first', 'second', 'third', 'fourth'];

/** Where a choice is made: what was offered last, in which language, and when. */
export type Offer = Pick<TurnInput, 'state' | 'language' | 'channel' | 'now' | 'withdrawn'>;

/**
 * The id of what was picked among the choices of the last reply by number ("2", "den andra"), or by asking for more of what did
 * not fit. Null when nothing was.
 */
export function pickedOf({ state }: Offer, request: Request | null): string | null {
  const offered = state.choices ?? [];
  if (request === 'more') return offered.find((id) => id.startsWith('topic:')) ?? null;
  const numbered = request === null ? -1 : ORDER.indexOf(request);
  return offered[numbered] ?? null;
}

/** The id of the button of the last reply that says exactly this: our own words, sent back, in which nothing has to be heard. */
export function buttonOf(voice: Voice, text: string, offer: Offer): string | null {
  const said = plain(text);
  return (offer.state.choices ?? []).find((id) => plain(titleOf(voice, id, offer) ?? '') === said) ?? null;
}

const plain = (text: string): string => text.trim().toLowerCase();

function titleOf(voice: Voice, id: string, offer: Offer): string | null {
  const [kind, name = ''] = id.split(':');
  const { language, channel } = offer;
  if (kind === 'topic') return voice.library.answer(name, language, channel, offer)?.title ?? null;
  if (kind === 'district') return voice.districtName(name);
  return isPhraseChoice(id) ? voice.phrases.say(id, language, channel).text : null;
}
