import { atLeast, type Reply, worse } from '../outcome.ts';
import { fitsSms } from '../words/languages.ts';
import type { PhraseKey } from '../words/phrases.ts';
import { type Draft, type Heard, situationOf, type Voice } from './draft.ts';

type Line = PhraseKey | 'hours';

/**
 * What may be said on a phone that others may see, until the person has chosen to write openly: no word of the subject, the
 * service, a name or a link (DOMAIN 5.6). Everything else in the draft stands: staff are alarmed, the district is noted, and
 * the answer is given after the yes. Danger is the exception: 112 first. Null after a no, unless there is danger or a new wish.
 */
export function discreetReply(heard: Heard, draft: Draft, voice: Voice): Reply | null {
  const { input } = heard;
  const grave = atLeast(heard.triage.risk, 'urgent');
  if (declines(heard)) return input.state.declined ? null : say([['gate_goodbye']], heard, voice);
  if (input.state.declined && !grave && !draft.handoff) return null;
  return say(linesOf(heard, draft), heard, voice);
}

/** Whether these messages say no to writing here. */
export const declines = ({ input, consent, triage }: Heard): boolean =>
  input.gate === 'asked' && consent === 'no' && !atLeast(triage.risk, 'urgent');

/** Best first: the first that keeps to two parts is said (F47). */
function linesOf(heard: Heard, draft: Draft): Line[][] {
  const { input, triage } = heard;
  const { open } = situationOf(heard).opening;
  const risk = worse(input.risk, triage.risk);
  const ask: Line = 'gate_ask';
  if (atLeast(risk, 'urgent')) {
    const first: Line = risk === 'emergency' ? 'gate_emergency' : 'gate_urgent';
    const person: Line[] = open ? ['gate_waiting'] : ['gate_waiting', 'hours'];
    return [
      [first, ...person, ask],
      [first, ...person.slice(0, 1), ask],
      [first, ask],
    ];
  }
  const before = beforeAsking(heard, draft);
  return [[...before, ask], ...(before.length > 1 ? [[...before.slice(0, 1), ask]] : []), [ask]];
}

function beforeAsking(heard: Heard, draft: Draft): Line[] {
  const { input, request, triage } = heard;
  if (draft.handoff || input.waiting)
    return situationOf(heard).opening.open ? ['gate_waiting'] : ['gate_waiting', 'hours'];
  if (request === 'bot?') return ['gate_bot'];
  if (request === 'stop?') return ['gate_urgent', 'gate_person'];
  if (draft.state?.outside || input.state.outside) return ['gate_outside'];
  return atLeast(triage.risk, 'elevated') ? ['gate_person'] : [];
}

function say(tries: Line[][], heard: Heard, voice: Voice): Reply {
  const said = tries.map((lines) => voice.phrases.inOne(lines, situationOf(heard)));
  const { text, refs } = said.find((each) => fitsSms(each.text)) ?? said[said.length - 1] ?? { text: '', refs: [] };
  return { text, answers: refs, choices: [] };
}
