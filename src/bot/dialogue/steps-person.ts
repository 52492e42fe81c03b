import { probes } from '../model/guard/steers.ts';
import { atLeast, worse } from '../outcome.ts';
import { fitsSms } from '../words/languages.ts';
import { choice, type Draft, type Heard, phrase, type Step, situationOf, type Voice } from './draft.ts';
import { districtIn } from './steps-danger.ts';
import { givesField } from './steps-keep.ts';

/** At most so many questions before a person or an answer (B3). */
const MOST_QUESTIONS = 4;

/**
 * Somebody asks for a person, in words, by button, or by saying yes to the offer: always an honest answer about when (F7).
 * HJÄLP or "jag vill sluta" as a whole text is distress, whatever vendors take it for (F46).
 */
export const wantsPerson: Step = (heard, voice) => {
  const { request, triage, input, picked } = heard;
  const offered = input.state.asked === 'human';
  const worried = atLeast(worse(input.risk, triage.risk), 'elevated');
  const accepts = offered && (request === 'yes' || (request === 'first' && picked === null));
  const distress = input.channel === 'sms' && (request === 'help' || request === 'gives-up');
  const tapped = picked === 'choice_human' || picked === 'choice_request';
  const asked = request === 'human' || distress || tapped || (triage.wantsHuman && worried) || accepts;
  if (!asked) return null;
  if (input.waiting) return { said: [voice.phrases.waiting(situationOf(heard))], ...districtIn(heard) };
  return {
    said: [voice.phrases.handoff(situationOf(heard))],
    handoff: 'asked',
    topics: ['talk-to-human'],
    ...districtIn(heard),
    ...askWhere(heard, voice, { asked: null }),
  };
};

/** The district is asked for by neighbourhood, once, after the hand-over: nobody waits for the answer (issue: B2, F9). */
function askWhere(heard: Heard, voice: Voice, state: Draft['state']): Partial<Draft> {
  const { input } = heard;
  const known = input.district !== null || input.state.districtKnown || heard.place?.district;
  const asked = input.state.questions ?? 0;
  if (known || heard.brief || givesField(heard) || asked >= MOST_QUESTIONS || atLeast(input.risk, 'urgent'))
    return { state: { ...state } };
  const said = [voice.phrases.handoff(situationOf(heard)), phrase(heard, voice, 'ask_district')];
  if (input.channel === 'sms' && !fitsSms(said.map(({ text }) => text).join(' '))) return { state: { ...state } };
  return {
    said,
    choices: [choice(heard, voice, 'rather_not_say')],
    state: { ...state, asked: 'district', questions: asked + 1 },
  };
}

/** Says no to a person, or to what was offered. */
export const declines: Step = (heard, voice) => {
  if (heard.request !== 'no' || !heard.input.state.asked) return null;
  return { said: [phrase(heard, voice, 'thanks')], state: { asked: null } };
};

/** What people write to a bot that is not a question: answered shortly, nothing stored, no case. */
export const smallTalk: Step = (heard, voice) => {
  const { input, request } = heard;
  if (request && AFTER_DANGER.has(request) && atLeast(input.risk, 'urgent')) return staying(heard, voice);
  const say = (key: Parameters<typeof phrase>[2], more: Partial<Draft> = {}): Draft => ({
    said: [phrase(heard, voice, key)],
    ...more,
  });
  const offer = input.waiting
    ? {}
    : { choices: [choice(heard, voice, 'choice_human')], state: { asked: 'human' as const } };
  switch (request) {
    case 'bot?':
      return say('is_human', offer);
    case 'attack':
      return say('prompt_attack');
    case 'insult':
      return say('insult', input.waiting ? {} : { choices: [choice(heard, voice, 'choice_human')] });
    case 'erase':
      return say('erase_request', { topics: ['data-rights'], ...offer });
    case 'greeting':
      return input.state.welcomed ? say('greeting') : { said: [] };
    case 'thanks':
    case 'goodbye':
      return say('thanks');
    case 'optin':
      return say('greeting');
    case 'stop?':
      return stopOrPerson(heard, voice, offer);
    case 'help':
    case 'gives-up':
    case 'brief':
    case 'cannot-call':
      return input.waiting ? null : say('offer_human', offer);
    default:
      return null;
  }
};

/** "Sluta", "quit": may be meant for us or for somebody who hurts them. Where no answer gets through, a person reads it (F45). */
function stopOrPerson(heard: Heard, voice: Voice, offer: Partial<Draft>): Draft | null {
  if (heard.input.channel === 'web') return null;
  const said = [phrase(heard, voice, 'stop_or_person')];
  if (heard.input.unreachable && !heard.input.waiting) return { said, handoff: 'asked', topics: ['sms-stop'] };
  return { said, topics: ['sms-stop'], ...offer };
}

const AFTER_DANGER: ReadonlySet<string> = new Set(['greeting', 'thanks', 'goodbye']);

/** Nobody in danger is seen off with a goodbye: 112 and the queue stay in sight (DOMAIN 5.2). */
function staying(heard: Heard, voice: Voice): Draft {
  const said = [phrase(heard, voice, 'still_danger')];
  if (heard.input.waiting && !heard.brief) said.push(voice.phrases.waiting(situationOf(heard)));
  return { said, alone: true };
}

/** Whoever asks whether somebody has been in touch, or for what others wrote, may be the one they fear: never told (B14). */
export const fishing: Step = (heard, voice) =>
  !atLeast(heard.triage.risk, 'urgent') && probes(heard.text)
    ? { said: [phrase(heard, voice, 'prompt_attack')] }
    : null;

const BARE: ReadonlySet<string> = new Set(['yes', 'no', 'skip', 'first', 'second', 'third', 'fourth']);

/** A yes or no that nothing was asked for is not a question to search an answer to. */
export const bareAct: Step = (heard, voice) => {
  const { request, input } = heard;
  if (!request || !BARE.has(request) || heard.picked !== null) return null;
  if (input.waiting) return { said: [voice.phrases.waiting(situationOf(heard))] };
  if (request === 'no' || request === 'skip') return { said: [phrase(heard, voice, 'thanks')] };
  return {
    said: [phrase(heard, voice, 'offer_human')],
    choices: [choice(heard, voice, 'choice_human')],
    state: { asked: 'human' },
  };
};
