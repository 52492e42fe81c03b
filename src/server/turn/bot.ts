import { randomBytes } from 'node:crypto';
import { ownWords } from '../../bot/dialogue/own-words.ts';
import { createContacts } from '../../bot/knowledge/contacts.ts';
import { createLibrary, type Library } from '../../bot/knowledge/library.ts';
import { createPlaceFinder } from '../../bot/knowledge/places/find-place.ts';
import { readPlaces } from '../../bot/knowledge/places/places.ts';
import { createSearch } from '../../bot/knowledge/search.ts';
import { writtenLanguage } from '../../bot/language/written-language.ts';
import { createModelTurn } from '../../bot/model/create-model-turn.ts';
import type { Model } from '../../bot/model/model.ts';
import type { Opening, Outcome, Reply, TurnInput } from '../../bot/outcome.ts';
import { consentOf } from '../../bot/safety/consent.ts';
import { requestOf } from '../../bot/safety/requests.ts';
import { tellingWords } from '../../bot/safety/telling-words.ts';
import { createTriage } from '../../bot/safety/triage.ts';
import { triageVersion } from '../../bot/safety/version.ts';
import { createDangerWords } from '../../bot/words/danger-words.ts';
import { mask } from '../../bot/words/mask.ts';
import { createPhrases, type Phrases } from '../../bot/words/phrases.ts';
import type { HandingLine, Translator } from '../../inbox/queue/desk.ts';
import type { Ears } from './receive.ts';
import { createTranslator } from './writing-aids.ts';

/** What a line about waiting is made of. */
export interface WaitingSituation {
  language: string;
  channel: 'web' | 'sms';
  /** Conversations before this one in the queue it is routed to. */
  ahead: number;
  now: Date;
  opening: Opening;
}

export interface Bot {
  decide(input: TurnInput): Promise<Outcome>;
  ears: Ears;
  /** What stands under a private link in a text. */
  linkReply(language: string): { text: string; id: string };
  phrases: Phrases;
  /** Numbers that may be shown on pages, 112 first. */
  contacts: ReturnType<typeof createContacts>;
  fallback(why: 'handoff' | 'failed', input: TurnInput): Reply;
  /** The line for a change of hands, by people or by time (F3). */
  handingLine: HandingLine;
  /** Told once to somebody who has waited long: nobody has answered yet, and what they can do now. */
  stillWaiting(to: { language: string; channel: 'web' | 'sms' }): ReturnType<HandingLine>;
  handoffLine(situation: WaitingSituation): Reply;
  library: Library;
  /** For staff; null without a model. */
  translator: Translator | null;
  /** What the content owner must look at, as ids and rule texts. */
  contentProblems(now: Date): string[];
  places: ReturnType<typeof readPlaces>;
}

/** The confirmation of each word that changes what is sent to a number. */
const SWITCHED = { stop: 'opt_out', start: 'opt_in', night: 'any_hour_on', day: 'any_hour_off' } as const;

/** The lines of a change of hands for a phone that may not be written to openly yet: no name, no role (DOMAIN 5.6). */
const UNSEEN = {
  claimed: 'gate_claimed',
  released: 'gate_queue',
  returned: 'gate_queue',
  back: 'gate_back',
  closed: 'gate_closed',
  asked: 'gate_queue',
  moved: 'gate_claimed',
  stays: 'gate_claimed',
} as const;

/** Puts the bot's pure parts together once: content is read and checked here, and never again during a turn. */
export function createBot(model: Model | null = null): Bot {
  const contacts = createContacts();
  const library = createLibrary({ contacts });
  const phrases = createPhrases(contacts);
  const places = readPlaces();
  const names = new Map(places.districts.map((d) => [d.code, d.name]));
  const triage = createTriage();
  const turn = {
    triage,
    requestOf,
    findPlace: createPlaceFinder(places),
    language: writtenLanguage,
    voice: {
      phrases,
      danger: createDangerWords(contacts),
      library,
      search: createSearch(library),
      districtName: (code: string) => names.get(code) ?? code,
    },
  };
  const canary = randomBytes(12).toString('hex');
  const decide = createModelTurn({ turn, model, triageVersion: triageVersion(), canary });
  const handoffLine: Bot['handoffLine'] = (situation) => {
    const { text, ref } = phrases.handoff(situation);
    return { text, answers: [ref], choices: [] };
  };

  return {
    decide,
    ears: {
      mask,
      triage,
      telling: (text, level) => tellingWords(triage, text, level),
      language: writtenLanguage,
      consent: consentOf,
      ownWords: (text, offer, firstWord) => ownWords(turn.voice, text, offer, firstWord),
      keywordReply(keyword, language) {
        const { text, ref } = phrases.say(SWITCHED[keyword], language, 'sms');
        return { text, id: ref.id };
      },
    },
    linkReply(language) {
      const { text, ref } = phrases.say('private_link', language, 'sms');
      return { text, id: ref.id };
    },
    phrases,
    contacts,
    handingLine: (handing, { language, channel, name, open }) =>
      phrases.say(open ? `handing_${handing}` : UNSEEN[handing], language, channel, { name }),
    stillWaiting: ({ language, channel }) => phrases.say('still_waiting', language, channel),
    handoffLine,
    fallback(why, input) {
      const opening = input.opening(input.district);
      if (input.gate === 'asked' || input.gate === 'unasked') {
        const { text, refs } = phrases.inOne(['gate_waiting', 'gate_ask'], { ...input, opening });
        return { text, answers: refs, choices: [] };
      }
      if (why === 'handoff') return handoffLine({ ...input, opening });
      const { text, ref } = phrases.say('failed_turn', input.language, input.channel);
      return { text, answers: [ref], choices: [] };
    },
    library,
    translator: model ? createTranslator({ model, phrases, canary }) : null,
    contentProblems: (now) => library.problems(now),
    places,
  };
}
