import { z } from 'zod';
import { contentLanguage } from '../knowledge/answer.ts';
import type { Contacts } from '../knowledge/contacts.ts';
import { createContacts } from '../knowledge/contacts.ts';
import { renderText } from '../knowledge/render-text.ts';
import type { AnswerRef, Channel, Opening } from '../outcome.ts';
import { sayWhen } from './hours.ts';
import english from './phrases.en.json' with { type: 'json' };
import swedish from './phrases.sv.json' with { type: 'json' };

export type PhraseKey = keyof typeof swedish.phrases;

/** A fixed text as it is said, and what it was said from (A7). */
export interface Said {
  text: string;
  ref: AnswerRef;
}

export interface Phrases {
  /** A fixed text. `values` fills `{ahead}`, `{district}`, `{municipality}`, `{when}`, `{hours}`. */
  say(key: PhraseKey, language: string, channel: Channel, values?: Readonly<Record<string, string | number>>): Said;
  /** The first message of an episode: who we are, a bot, what we do not ask, limit of secrecy, 112, hours (B1, AI1). */
  welcome(situation: Situation): Said;
  /** The line a person sees when a human has been asked for: place in line, or when people answer next (F3, B18). */
  handoff(situation: Situation & { ahead: number }): Said;
  /** The line for what is written while waiting. */
  waiting(situation: Situation & { ahead: number }): Said;
  /** Whether people answer now, and otherwise when. */
  hours(situation: Situation): Said;
}

export interface Situation {
  language: string;
  channel: Channel;
  opening: Opening;
  now: Date;
}

const formSchema = z.strictObject({ web: z.string().min(1), sms: z.string().min(1).optional() });
const phrasesSchema = z.strictObject({
  version: z.int().positive(),
  reviewer: z.string(),
  reviewBy: z.iso.date(),
  language: z.enum(['sv', 'en']),
  phrases: z.record(z.string(), formSchema),
});

/** The fixed words of the bot in Swedish and English; other languages get English until their texts exist. */
export const createPhrases = (contacts: Pick<Contacts, 'number'> = createContacts()): Phrases => {
  const books = { sv: phrasesSchema.parse(swedish), en: phrasesSchema.parse(english) };
  const say: Phrases['say'] = (key, language, channel, values = {}) => {
    const book = books[contentLanguage(language)];
    const form = book.phrases[key];
    const template = (channel === 'sms' ? form?.sms : undefined) ?? form?.web ?? '';
    return { text: renderText(template, contacts, values), ref: { id: `words:${key}`, version: book.version } };
  };
  const byOpening = (
    base: 'handoff' | 'waiting',
    { language, channel, opening, now, ahead }: Situation & { ahead: number },
  ) => {
    if (opening.open) return say(ahead > 0 ? `${base}_open` : `${base}_open_next`, language, channel, { ahead });
    if (opening.opensAt === null) return say(`${base}_unknown`, language, channel);
    return say(`${base}_closed`, language, channel, { when: sayWhen(opening.opensAt, now, contentLanguage(language)) });
  };
  const hours: Phrases['hours'] = ({ language, channel, opening, now }) => {
    if (opening.open) return say('hours_open', language, channel);
    if (opening.opensAt === null) return say('hours_unknown', language, channel);
    return say('hours_closed', language, channel, { when: sayWhen(opening.opensAt, now, contentLanguage(language)) });
  };
  return {
    say,
    hours,
    welcome: (situation) => say('welcome', situation.language, situation.channel, { hours: hours(situation).text }),
    handoff: (situation) => byOpening('handoff', situation),
    waiting: (situation) => byOpening('waiting', situation),
  };
};

/** All keys, for checks over every text. */
export const phraseKeys = (): PhraseKey[] => Object.keys(swedish.phrases).filter(isPhraseKey);

const isPhraseKey = (key: string): key is PhraseKey => key in swedish.phrases;
