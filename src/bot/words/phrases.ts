import { z } from 'zod';
import type { Contacts } from '../knowledge/contacts.ts';
import { createContacts } from '../knowledge/contacts.ts';
import { renderText } from '../knowledge/render-text.ts';
import type { AnswerRef, Channel, Opening } from '../outcome.ts';
import { type Books, bookHead, readBooks } from './books.ts';
import { spokenIn, together } from './languages.ts';
import swedish from './phrases.sv.json' with { type: 'json' };
import { sayWhen } from './say-when.ts';

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
  /** Several fixed texts as one message, so that a draft and its English each stand in one piece. `hours` is as above. */
  inOne(keys: readonly (PhraseKey | 'hours')[], situation: Situation): { text: string; refs: AnswerRef[] };
}

export interface Situation {
  language: string;
  channel: Channel;
  opening: Opening;
  now: Date;
}

const formSchema = z.strictObject({ web: z.string().min(1), sms: z.string().min(1).optional() });
const phrasesSchema = z.strictObject({ ...bookHead, phrases: z.record(z.string(), formSchema) });
export type PhraseBook = z.infer<typeof phrasesSchema>;

export const readPhraseBooks = (directory?: URL): Books<PhraseBook> => readBooks('phrases', phrasesSchema, directory);

type Values = Readonly<Record<string, string | number>>;
const noValues: Values = {};

/**
 * The fixed words of the bot. A draft translation is said together with English, a missing one in Swedish and English
 * (W7, W8; `spokenIn`). Buttons carry the first language only: their words come back as the person's own message.
 */
export const createPhrases = (
  contacts: Pick<Contacts, 'number'> = createContacts(),
  books: Pick<Books<PhraseBook>, 'of'> = readPhraseBooks(),
): Phrases => {
  const render = (tag: string, key: PhraseKey, channel: Channel, values: Values): string => {
    const form = books.of(tag)?.phrases[key];
    return renderText((channel === 'sms' ? form?.sms : undefined) ?? form?.web ?? '', contacts, values);
  };
  const statusIn = (keys: readonly PhraseKey[]) => (tag: string) =>
    keys.every((key) => books.of(tag)?.phrases[key]) ? (books.of(tag)?.status ?? null) : null;
  const compose = (key: PhraseKey, language: string, channel: Channel, valuesIn: (tag: string) => Values): Said => {
    const tags = spokenIn(language, statusIn([key])).slice(0, isButton(key) ? 1 : 2);
    const texts = tags.map((tag) => ({ language: tag, text: render(tag, key, channel, valuesIn(tag)) }));
    const version = books.of(tags[0] ?? 'en')?.version ?? 1;
    return { text: together(texts, channel), ref: { id: `words:${key}`, version } };
  };
  const whenIn =
    ({ opening, now }: Pick<Situation, 'opening' | 'now'>) =>
    (tag: string): Values =>
      opening.opensAt ? { when: sayWhen(opening.opensAt, now, tag) } : noValues;
  const byOpening = (base: 'handoff' | 'waiting', { ahead, ...situation }: Situation & { ahead: number }) => {
    const { language, channel, opening } = situation;
    if (!opening.open) return compose(`${base}_${shut(opening)}`, language, channel, whenIn(situation));
    return compose(ahead > 0 ? `${base}_open` : `${base}_open_next`, language, channel, () => ({ ahead }));
  };
  const hoursKey = (opening: Opening): PhraseKey => (opening.open ? 'hours_open' : `hours_${shut(opening)}`);
  return {
    say: (key, language, channel, values = noValues) => compose(key, language, channel, () => values),
    hours: (situation) =>
      compose(hoursKey(situation.opening), situation.language, situation.channel, whenIn(situation)),
    welcome: (situation) =>
      compose('welcome', situation.language, situation.channel, (tag) => ({
        hours: render(tag, hoursKey(situation.opening), situation.channel, whenIn(situation)(tag)),
      })),
    inOne(wanted, situation) {
      const { language, channel, opening } = situation;
      const keys = wanted.map((key) => (key === 'hours' ? hoursKey(opening) : key));
      const tags = spokenIn(language, statusIn(keys));
      const say = (tag: string) => keys.map((key) => render(tag, key, channel, whenIn(situation)(tag))).join(' ');
      const version = books.of(tags[0] ?? 'en')?.version ?? 1;
      return {
        text: together(
          tags.map((tag) => ({ language: tag, text: say(tag) })),
          channel,
        ),
        refs: keys.map((key) => ({ id: `words:${key}`, version })),
      };
    },
    handoff: (situation) => byOpening('handoff', situation),
    waiting: (situation) => byOpening('waiting', situation),
  };
};

const shut = (opening: Opening): 'closed' | 'unknown' => (opening.opensAt ? 'closed' : 'unknown');

export const isButton = (key: PhraseKey): boolean => /^(?:choice|first_word)_/.test(key) || key === 'rather_not_say';

/** All keys, for checks over every text. */
export const phraseKeys = (): PhraseKey[] => Object.keys(swedish.phrases).filter(isPhraseKey);

const isPhraseKey = (key: string): key is PhraseKey => key in swedish.phrases;
