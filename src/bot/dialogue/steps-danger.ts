import { atLeast, type RiskKind } from '../outcome.ts';
import { aboutOf } from './about.ts';
import { answerOf, hasStrongHit } from './answer-of.ts';
import { type Draft, type Heard, phrase, type Step, situationOf, type Voice } from './draft.ts';

/** Danger in these very messages: 112 first, staff are alarmed, the chat stays open, nothing is asked (B6-B11). */
export const newDanger: Step = (heard, voice) => {
  const { triage, input } = heard;
  if (!atLeast(triage.risk, 'urgent')) return null;
  const level = triage.risk === 'emergency' ? 'emergency' : 'urgent';
  const grave = triage.reasons.filter((r) => r.level === triage.risk).map((r) => r.kind);
  const kinds = fitting(grave.length > 0 ? grave : triage.kinds);
  const about = heard.professional ? 'other' : aboutOf(heard.text);
  return {
    said: [voice.danger({ ...situationOf(heard), kinds, level, about, brief: heard.brief })],
    ...(input.waiting ? {} : { handoff: 'danger' as const }),
    state: { asked: null, about, ...(kinds[0] ? { danger: kinds[0] } : {}) },
    topics: topicsBeside(heard, voice),
    alone: true,
    ...districtIn(heard),
  };
};

/** After an emergency 112 stays within sight whatever is written: a retraction lowers nothing (LABELS §5). */
export const stillDanger: Step = (heard, voice) => {
  if (heard.input.risk !== 'emergency') return null;
  const said = [phrase(heard, voice, 'still_danger')];
  const topics =
    heard.triage.risk === 'none'
      ? voice
          .search(heard.text, heard.language)
          .map((h) => h.id)
          .slice(0, 3)
      : [];
  const answer = topics[0] ? answerOf(heard, voice, topics[0]) : null;
  if (answer) said.push(answer.said);
  else if (heard.input.waiting && !heard.brief) said.push(voice.phrases.waiting(situationOf(heard)));
  return { said, alone: true, topics: answer ? topics : [], ...districtIn(heard) };
};

/** A follow-up after an urgent disclosure that no approved text clearly answers: what was said about the danger, again. */
export const urgentAgain: Step = (heard, voice) => {
  const { input } = heard;
  const kind = input.state.danger;
  if (input.risk !== 'urgent' || !kind || hasStrongHit(heard, voice)) return null;
  const about = input.state.about ?? aboutOf(heard.text);
  const words = { ...situationOf(heard), kinds: [kind], level: 'urgent' as const, about, brief: true };
  return { said: [voice.danger(words)], alone: true, ...districtIn(heard) };
};

/** Whoever is attacked or threatened is told what a victim needs, not how to put a weapon down. */
function fitting(kinds: readonly RiskKind[]): RiskKind[] {
  const attacked = kinds.includes('violence_ongoing');
  const threatened = kinds.includes('threatened') && !kinds.includes('coercion_debt');
  if (!attacked && !threatened) return [...kinds];
  return kinds.filter((kind) => kind !== 'weapon' && kind !== 'threat_to_others');
}

const topicsBeside = (heard: Heard, voice: Voice): string[] => {
  const honour = heard.triage.kinds.includes('abuse_honour') ? ['honour'] : [];
  return [...new Set([...honour, ...voice.search(heard.text, heard.language).map((h) => h.id)])].slice(0, 3);
};

/** A place that is mentioned beside the danger routes the alarm; nothing is asked for it. */
export const districtIn = (heard: Heard): Pick<Draft, 'district'> => {
  const code = heard.place?.district;
  return code && code !== 'outside' ? { district: code } : {};
};
