import { atLeast, type Outcome, type TurnInput } from '../outcome.ts';
import type { Request } from '../safety/requests.ts';
import { wordsOf } from './guard/words-of.ts';

/** Messages whose whole meaning is an act: nothing in them is left to judge. */
const ACTS: ReadonlySet<Request | null> = new Set<Request>([
  'yes',
  'no',
  'skip',
  'first',
  'second',
  'third',
  'fourth',
  'greeting',
  'thanks',
  'goodbye',
  'optin',
  'optout',
]);

/**
 * What a model could still add. `danger`: it may only hear more of it, since the rules have settled what to say (a person is
 * asked for, an attack, a place) or there is danger already, where it never speaks. `nothing`: no higher level exists.
 */
export function worthAsking(
  input: TurnInput,
  outcome: Outcome,
  requestOf: (text: string) => Request | null,
): 'nothing' | 'danger' | 'answer' {
  const { risk } = outcome.triage;
  if (risk === 'emergency' || input.risk === 'emergency') return 'nothing';
  const text = input.messages.map((m) => m.text).join('\n');
  if (wordsOf(text).length < 2 || (input.messages.length === 1 && ACTS.has(requestOf(text)))) return 'nothing';
  if (atLeast(risk, 'urgent') || atLeast(input.risk, 'urgent') || outcome.handoff) return 'danger';
  return isAnswer(outcome) ? 'answer' : 'danger';
}

/** The rules answered from the approved topics, or said that they have no answer. */
function isAnswer({ reply }: Outcome): boolean {
  const settled = ['words:welcome', 'words:welcome_brief', 'words:offer_human', 'words:no_answer'];
  const said = (reply?.answers ?? []).map((a) => a.id);
  return (
    said.some((id) => !id.startsWith('words:') || id === 'words:no_answer' || id === 'words:offer_human') &&
    said.every((id) => !id.startsWith('words:') || settled.includes(id) || /^words:(hours|waiting)_/.test(id))
  );
}
