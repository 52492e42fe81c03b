import type { Request } from '../safety/requests.ts';
import { type Heard, isPhraseChoice, phrase, type Voice } from './draft.ts';

const ORDER: readonly Request[] = ['first', 'second', 'third', 'fourth'];

/**
 * The id of what was picked among the choices of the last reply: by number ("2", "den andra"), by asking for more of what did
 * not fit, or by its words, which is what a button sends back, in whatever language it was shown. Null when nothing was.
 */
export function pickedOf(heard: Heard, voice: Voice): string | null {
  const offered = heard.input.state.choices ?? [];
  if (heard.request === 'more') return offered.find((id) => id.startsWith('topic:')) ?? null;
  const numbered = heard.request === null ? -1 : ORDER.indexOf(heard.request);
  if (numbered >= 0) return offered[numbered] ?? null;
  const said = heard.text.trim().toLowerCase();
  return offered.find((id) => titleOf(heard, voice, id)?.trim().toLowerCase() === said) ?? null;
}

function titleOf(heard: Heard, voice: Voice, id: string): string | null {
  const [kind, name = ''] = id.split(':');
  if (kind === 'topic') {
    const { language, input } = heard;
    return voice.library.answer(name, language, input.channel, input)?.title ?? null;
  }
  if (kind === 'district') return voice.districtName(name);
  return isPhraseChoice(id) ? phrase(heard, voice, id).text : null;
}
