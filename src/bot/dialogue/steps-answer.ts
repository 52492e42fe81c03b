import { isDiscreet } from '../knowledge/check-content.ts';
import { atLeast, type Choice, type RiskKind } from '../outcome.ts';
import { answerOf, type Found, hasStrongHit } from './answer-of.ts';
import { choice, type Draft, type Heard, personChoice, phrase, type Step, situationOf, type Voice } from './draft.ts';
import { districtIn } from './steps-danger.ts';

/** Which approved text speaks to a worry that no search word fits. */
const TOPIC_OF: Readonly<Record<RiskKind, string>> = {
  suicide: 'suicide-crisis',
  selfharm: 'mental-health',
  threat_to_others: 'threatened',
  threatened: 'threatened',
  weapon: 'gang-debt',
  coercion_debt: 'gang-debt',
  violence_ongoing: 'emergency-112',
  recruitment: 'first-offer',
  extremism: 'exit-extremism',
  abuse_honour: 'domestic-violence',
  exit_wish: 'exit-crime',
  missing: 'missing-child',
  overdose: 'emergency-112',
  sexual_exploitation: 'sexual-exploitation',
  substance_use: 'substance-use',
  crime_victim: 'victim-support',
  distress: 'mental-health',
};

/** A question that an approved text answers; the natural next steps follow as choices. */
export const answers: Step = (heard, voice) => {
  const picked = heard.picked?.startsWith('topic:') ? heard.picked.slice('topic:'.length) : null;
  const about = heard.request === 'info' ? 'about-service' : picked;
  const hits = about ? [about] : voice.search(heard.text, heard.language).map((h) => h.id);
  const elevated = heard.triage.risk === 'elevated';
  const byKind = elevated && heard.triage.kinds[0] ? [topicOfWorry(heard, heard.triage.kinds[0])] : [];
  const hitsFirst = picked !== null || (!heard.professional && hasStrongHit(heard, voice));
  const ordered = hitsFirst ? [...hits, ...byKind] : [...byKind, ...hits];
  const topics = [...new Set(ordered)].slice(0, 3);
  for (const topic of topics) {
    const found = answerOf(heard, voice, topic);
    if (!found) continue;
    const speak = elevated && !heard.professional ? caring : informing;
    return speak(heard, voice, found, topics);
  }
  return null;
};

/** Whoever works with children reports a worry; the advice that speaks to the young is not theirs. */
const topicOfWorry = ({ professional }: Heard, kind: RiskKind): string =>
  professional ? 'worry-report' : TOPIC_OF[kind];

/** Elevated: the answer and an offer of a person, a case only if it is accepted (LABELS §2). */
function caring(heard: Heard, voice: Voice, found: Found, topics: string[]): Draft {
  const offer = phrase(heard, voice, 'offer_human');
  // The short texts for phones end with the offer already.
  const offered = heard.input.channel === 'sms' && /\b(?:JA|YES)\b/.test(found.said.text);
  const said = heard.input.waiting || offered ? [found.said] : heard.brief ? [offer] : [found.said, offer];
  return {
    said,
    choices: heard.input.waiting ? [] : [choice(heard, voice, 'choice_human'), ...nextOf(heard, voice, found)],
    state: { asked: heard.input.waiting ? null : 'human', topics },
    topics,
    ...districtIn(heard),
  };
}

function informing(heard: Heard, voice: Voice, found: Found, topics: string[]): Draft {
  const { input } = heard;
  const said = [found.said];
  if (topics[0] === 'contact-district' && input.district && input.district !== 'staden')
    said.unshift(phrase(heard, voice, 'district_noted', { district: voice.districtName(input.district) }));
  if (topics[0] === 'opening-hours' || topics[0] === 'talk-to-human')
    said.push(voice.phrases.hours(situationOf(heard)));
  if (input.waiting && !heard.brief && input.channel === 'web') said.push(voice.phrases.waiting(situationOf(heard)));
  const person = input.waiting ? [] : [personChoice(heard, voice)];
  return { said, choices: [...nextOf(heard, voice, found), ...person], state: { topics }, topics };
}

function nextOf(heard: Heard, voice: Voice, found: Found): Choice[] {
  if (heard.brief) return [];
  // On the web the way to a person has a button of its own.
  const topics = found.answer.next.filter((id) => id !== 'talk-to-human' || heard.input.channel === 'sms');
  return topics.slice(0, 2).flatMap((id) => {
    const next = voice.library.answer(id, heard.language, heard.input.channel, heard.input);
    const shown = next && (heard.input.channel === 'web' || isDiscreet(next.title, heard.language));
    return shown ? [{ id: `topic:${id}`, title: next.title }] : [];
  });
}

/** Nothing fits: the bot says so and offers a person; it never guesses. */
export const noAnswer: Step = (heard, voice) => {
  const { input } = heard;
  if (input.waiting) return { said: [voice.phrases.waiting(situationOf(heard))] };
  const key = atLeast(heard.triage.risk, 'elevated') ? 'offer_human' : 'no_answer';
  return {
    said: [phrase(heard, voice, key)],
    choices: [personChoice(heard, voice)],
    state: { asked: 'human' },
    ...districtIn(heard),
  };
};
