import { type Draft, type Heard, isPhraseChoice, type Step, situationOf, type Voice } from './dialogue/draft.ts';
import { isWork, topicOf, triageOf } from './dialogue/first-words.ts';
import { declines as declinesGate, discreetReply } from './dialogue/gate.ts';
import { buttonOf, pickedOf } from './dialogue/picked-of.ts';
import { answers, noAnswer } from './dialogue/steps-answer.ts';
import { newDanger, stillDanger, urgentAgain } from './dialogue/steps-danger.ts';
import { keeps, speakOfMasked } from './dialogue/steps-keep.ts';
import { bareAct, declines, fishing, smallTalk, wantsPerson } from './dialogue/steps-person.ts';
import { placeNamed, stillOutside } from './dialogue/steps-place.ts';
import { workDoor } from './dialogue/steps-work.ts';
import type { FindPlace } from './knowledge/places/find-place.ts';
import {
  atLeast,
  type Choice,
  type DialogueState,
  type Outcome,
  type Reply,
  type TurnInput,
  type VisitorMessage,
  worse,
} from './outcome.ts';
import { consentOf, isBareYes } from './safety/consent.ts';
import { type Keyword, keywordOf } from './safety/keyword.ts';
import type { Request } from './safety/requests.ts';
import type { TriageFunction } from './safety/triage.ts';
import { fitsSms } from './words/languages.ts';

export interface TurnDeps {
  triage: TriageFunction;
  requestOf(text: string): Request | null;
  findPlace: FindPlace;
  language(text: string, previous: string): string;
  voice: Voice;
}

/** Danger decides first, then a person who is asked for, then everything else. The first step with something to say says it. */
const STEPS: readonly Step[] = [
  newDanger,
  keeps,
  stillDanger,
  wantsPerson,
  declines,
  fishing,
  placeNamed,
  smallTalk,
  bareAct,
  urgentAgain,
  stillOutside,
  workDoor,
  answers,
  noAnswer,
];

/** The bot: messages and state in, an outcome out (DESIGN §2.3). It reads no clock, stores nothing and decides no owner. */
export function createTurn(deps: TurnDeps): (input: TurnInput) => Outcome {
  return (input) => {
    const heard = hear(deps, input);
    if (!mayBeOpen(input)) return behindTheGate(heard, deps.voice);
    const draft = speakOfMasked(heard, deps.voice, firstOf(heard, deps.voice), (longer) => {
      return input.channel === 'web' || fitsSms(replyOf(heard, longer, deps.voice)?.text ?? '');
    });
    const reply = replyOf(heard, draft, deps.voice);
    return {
      ...outcomeOf(heard, draft),
      reply,
      state: stateAfter(heard, draft, reply),
      ...(draft.keep === undefined ? {} : { keep: draft.keep }),
    };
  };
}

const outcomeOf = (heard: Heard, draft: Draft): Omit<Outcome, 'reply' | 'state'> => ({
  language: heard.language,
  district: draft.district ?? null,
  triage: heard.triage,
  handoff: draft.handoff ?? null,
  topics: draft.topics ?? [],
});

const mayBeOpen = ({ gate }: TurnInput): boolean => gate === 'open' || gate === 'opened';

/** Everything is decided as ever, and only what may be seen by others is said. What was put aside stays undecided. */
function behindTheGate(heard: Heard, voice: Voice): Outcome {
  const said = firstOf(heard, voice);
  const draft = declinesGate(heard) ? { said: [] } : said;
  const { asked: _, questions: __, ...state } = draft.state ?? {};
  const { declined: ___, ...before } = heard.input.state;
  const reply = discreetReply(heard, draft, voice);
  const declined = declinesGate(heard) || (heard.input.state.declined && reply === null) ? { declined: true } : {};
  return {
    ...outcomeOf(heard, draft),
    reply,
    state: { ...before, ...state, ...placeAfter(heard, draft), ...declined },
  };
}

/** With the yes come the messages that waited for it; the yes itself and words like STOPP are no part of the question. */
const worthHearing = ({ gate, messages }: TurnInput): TurnInput['messages'] =>
  gate === 'opened' ? messages.filter(({ text }) => !isBareYes(text) && !isSwitch(keywordOf(text))) : messages;

const isSwitch = (word: Keyword | null): boolean => word !== null && ['stop', 'start', 'night', 'day'].includes(word);

function hear(deps: TurnDeps, given: TurnInput): Heard {
  const input = { ...given, messages: worthHearing(given) };
  const firstWord = input.messages.find((m) => m.firstWord)?.firstWord ?? null;
  const written = input.messages.filter((m) => !m.firstWord);
  const words = written.map((m) => m.text).join('\n');
  const button = words === '' ? null : buttonOf(deps.voice, words, input);
  const ours = button !== null || (firstWord !== null && words === '');
  const telling = input.gate === 'opened' ? (written.at(-1)?.text ?? '') : words;
  const language = ours ? input.language : deps.language(telling, input.language);
  const { request, brief } = actsOf(deps, written);
  return {
    input,
    text: words || input.messages.map((m) => m.text).join('\n'),
    triage: ours ? triageOf(firstWord) : deps.triage(words, { risk: input.risk, channel: input.channel }),
    request,
    place: deps.findPlace(words),
    language,
    consent: given.messages.map((m) => consentOf(m.text, language)).findLast((said) => said !== null) ?? null,
    brief: input.state.brief === true || brief,
    picked: firstWord ? `topic:${topicOf(firstWord)}` : (button ?? pickedOf(input, request)),
    firstWord,
    professional: input.state.professional === true || isWork(firstWord),
  };
}

/** A burst is heard as one: a person asked for in any of its messages, or over several, is asked for; else the last act counts. */
function actsOf(
  { requestOf }: TurnDeps,
  messages: readonly VisitorMessage[],
): { request: Request | null; brief: boolean } {
  const acts = messages.map((m) => requestOf(m.text));
  const asksForPerson = acts.includes('human') || requestOf(messages.map((m) => m.text).join(' ')) === 'human';
  return { request: asksForPerson ? 'human' : (acts.at(-1) ?? null), brief: acts.includes('brief') };
}

function firstOf(heard: Heard, voice: Voice): Draft {
  if (heard.text === '' && heard.input.gate === 'opened') return { said: [] };
  for (const step of STEPS) {
    const draft = step(heard, voice);
    if (draft) return draft;
  }
  return { said: [] };
}

/** One message a turn (F8). The first of an episode says who writes and what that means (B1, AI1), unless danger comes first. */
function replyOf(heard: Heard, draft: Draft, voice: Voice): Reply | null {
  const { input, language } = heard;
  const said = [...draft.said];
  if (!input.state.welcomed && !heard.brief) {
    const opening = input.opening(draft.district ?? input.district);
    const situation = { language, channel: input.channel, opening, now: input.now };
    const welcome = voice.phrases.welcome(situation);
    const brief = voice.phrases.say('welcome_brief', language, input.channel);
    // The line of a handoff tells the hours itself.
    const about = draft.handoff ? [brief] : [brief, voice.phrases.hours(situation)];
    if (said.length === 0) said.push(welcome);
    else if (draft.alone) said.push(brief);
    else if (input.channel === 'sms') return firstText(heard, draft, about, voice);
    else said.unshift(...about);
  }
  if (said.length === 0) return null;
  const choices = draft.choices ?? [];
  const kept = input.channel === 'web' ? said : twoParts(said);
  const answers = kept.map((s) => s.ref);
  if (input.channel === 'web') return { text: kept.map((s) => s.text).join('\n\n'), answers, choices };
  return withLink(heard, draft, voice, { ...numbered(joined(kept), choices), answers });
}

/** With the first answer there is room for: a page of one's own is for longer reading, and for a phone that others see (DOMAIN 5.6). */
function withLink({ input, triage, language }: Heard, { topics, handoff }: Draft, voice: Voice, reply: Reply): Reply {
  const grave = atLeast(worse(input.risk, triage.risk), 'urgent');
  if (input.state.linkOffered || !topics?.length || handoff || grave) return reply;
  const { text: offer, ref } = voice.phrases.say('link_offer', language, 'sms');
  const text = `${reply.text}\n${offer}`;
  return fitsSms(text) ? { ...reply, text, answers: [...reply.answers, ref] } : reply;
}

const joined = (said: Draft['said']): string => said.map((s) => s.text).join(' ');

/** What was put last is what a text message has no room for (F47). */
const twoParts = (said: Draft['said']): Draft['said'] =>
  said.length < 2 || fitsSms(joined(said)) ? said : twoParts(said.slice(0, -1));

/**
 * The first text of an episode says who writes beside the answer, within two parts (F47). Where both do not fit, who writes comes
 * first and the answer is had by asking for more.
 */
function firstText(heard: Heard, { said, topics, state }: Draft, about: Draft['said'], voice: Voice): Reply {
  const reply = (some: Draft['said'], choices: Choice[] = []): Reply => ({
    text: joined(some),
    answers: some.map((s) => s.ref),
    choices,
  });
  const fitting = (...tries: Draft['said'][]) => tries.find((some) => fitsSms(joined(some)));
  const withAnswer = fitting([...said, ...about], [...said, ...about.slice(0, 1)]);
  if (withAnswer) return reply(withAnswer);
  const [topic] = topics ?? [];
  const isAnswer = topic !== undefined && said[0]?.ref.id === topic;
  if (!isAnswer) return reply(twoParts([...said, ...about.slice(0, 1)]));
  const offer = state?.asked === 'human' ? (['offer_human'] as const) : [];
  const tries = [
    ['welcome_brief', 'hours', ...offer, 'more'],
    ['welcome_brief', ...offer, 'more'],
    ['welcome_brief', 'more'],
  ] as const;
  const whole = tries.map((keys) => voice.phrases.inOne(keys, situationOf(heard)));
  const { text, refs } = whole.find((each) => fitsSms(each.text)) ?? voice.phrases.inOne(['more'], situationOf(heard));
  const { text: title } = voice.phrases.say('more', heard.language, 'sms');
  return { text, answers: refs, choices: [{ id: `topic:${topic}`, title }] };
}

/** Buttons are numbered lines on a phone, as many as two parts hold (F47). A person is had by answering yes. */
function numbered(text: string, choices: readonly Choice[]): Pick<Reply, 'text' | 'choices'> {
  const kept: Choice[] = [];
  let longest = text;
  for (const choice of choices.filter(({ id }) => !isPhraseChoice(id))) {
    const longer = `${longest}\n${kept.length + 1} ${choice.title}`;
    if (!fitsSms(longer)) break;
    kept.push(choice);
    longest = longer;
  }
  return { text: longest, choices: kept };
}

function stateAfter(heard: Heard, draft: Draft, reply: Reply | null): DialogueState {
  const { handedBack: _, ...before } = heard.input.state;
  const grave = atLeast(worse(heard.input.risk, heard.triage.risk), 'urgent');
  return {
    ...before,
    asked: stillAsked(heard, draft),
    ...draft.state,
    ...placeAfter(heard, draft),
    ...(heard.brief ? { brief: true } : {}),
    ...(grave ? { questions: before.questions ?? 0 } : {}),
    choices: (reply?.choices ?? []).map((c) => c.id),
    ...(reply?.answers.some(({ id }) => id === 'words:link_offer') ? { linkOffered: true } : {}),
    welcomed: true,
  };
}

function placeAfter({ place, picked, input }: Heard, draft: Draft): Partial<DialogueState> {
  if (!draft.district) return draft.state?.districtKnown ? { placeFrom: 'declined' } : {};
  const answered = picked?.startsWith('district:') || input.state.asked === 'district';
  const placeFrom = /^\d{3}$/.test(place?.place ?? '') ? 'postcode' : answered ? 'asked' : 'said';
  return { districtKnown: true, placeFrom };
}

/** The question about the district outlives an answer that came in between; every other question is over with its turn. */
const stillAsked = ({ input }: Heard, draft: Draft): 'district' | null =>
  input.state.asked === 'district' && !input.state.districtKnown && !draft.district && !draft.alone ? 'district' : null;
