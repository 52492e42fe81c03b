import { readdirSync, readFileSync } from 'node:fs';
import type { Channel, TurnInput } from '../outcome.ts';
import { mainLanguage, spokenIn, together } from '../words/languages.ts';
import { type AnswerFile, answerSchema, contentLanguage, isOriginal } from './answer.ts';
import { type Contacts, createContacts } from './contacts.ts';
import { renderText } from './render-text.ts';
import { readTranslations, type TranslationBook, type Translations } from './translations.ts';

export interface LibraryAnswer {
  id: string;
  version: number;
  /** Language and version of the translation it is said from, when it is. */
  translation?: string;
  /** The translation has not been approved by a native reader yet. */
  draft?: boolean;
  title: string;
  text: string;
  next: string[];
}

/** When an answer is to be said, and which topics have been taken back by then. */
export type Moment = Pick<TurnInput, 'now' | 'withdrawn'>;

export interface Library {
  /** What may be said on a topic right now; null when it is unknown, withdrawn, broken or past its review date. */
  answer(id: string, language: string, channel: Channel, at: Moment): LibraryAnswer | null;
  /** Every topic that loaded and is not withdrawn, in id order, for the search. */
  topics(): readonly AnswerFile[];
  /** What the content owner must look at: broken files and overdue reviews. Holds ids and rule texts only. */
  problems(now: Date): string[];
}

/** Loads the approved answers next to this file. A broken file is reported and withheld; it never stops the service. */
export const createLibrary = ({
  contacts = createContacts(),
  directory = new URL('./answers/', import.meta.url),
  translations = readTranslations(),
}: {
  contacts?: Contacts;
  directory?: URL;
  translations?: Translations;
} = {}): Library => {
  const { answers, broken } = readAnswers(directory);
  const overdue = ({ reviewBy }: { reviewBy: string }, now: Date) => lastMoment(reviewBy) < now.getTime();
  const translationOf = ({ id, version }: AnswerFile, tag: string, now: Date) => {
    const book = translations.of(tag);
    const texts = book?.answers[id];
    return book && texts?.of === version && !overdue(book, now) ? { book, texts } : null;
  };
  return {
    answer: (id, language, channel, { now, withdrawn }) => {
      const answer = answers.get(id);
      if (!answer || overdue(answer, now) || withdrawn.includes(id)) return null;
      const translated = translationOf(answer, mainLanguage(language), now);
      const tags = translated ? spokenIn(language, () => translated.book.status) : [contentLanguage(language)];
      const said = tags.flatMap((tag) => {
        const texts = isOriginal(tag) ? answer.texts[tag] : translated?.texts;
        return texts ? [{ language: tag, texts }] : [];
      });
      const form = channel === 'sms' ? 'sms' : 'text';
      const shown = said.map((one) => ({ language: one.language, text: renderText(one.texts[form], contacts) }));
      return {
        id,
        version: answer.version,
        ...(translated ? { translation: `${translated.book.language}:${translated.book.version}` } : {}),
        ...(translated?.book.status === 'draft' ? { draft: true } : {}),
        title: renderText(said[0]?.texts.title ?? '', contacts),
        text: together(shown, channel),
        next: answer.next.filter((topic) => {
          const follower = answers.get(topic);
          return follower !== undefined && !overdue(follower, now) && !withdrawn.includes(topic);
        }),
      };
    },
    topics: () => [...answers.values()],
    problems: (now) => [
      ...broken,
      ...[...answers.values()]
        .filter((answer) => overdue(answer, now))
        .map(({ id, reviewBy }) => `${id}: review was due ${reviewBy}, withheld`),
      ...translations.broken,
      ...translations.all.flatMap((book) =>
        overdue(book, now) ? [`${book.language}: review was due ${book.reviewBy}, withheld`] : [],
      ),
      ...translations.all.flatMap((book) => staleIn(book, answers)),
    ],
  };
};

/** Translations of an answer that has been rewritten since, or is gone: they are withheld until somebody has seen to them. */
const staleIn = (book: TranslationBook, answers: ReadonlyMap<string, AnswerFile>): string[] =>
  Object.entries(book.answers)
    .filter(([id, { of }]) => answers.get(id)?.version !== of)
    .map(([id, { of }]) => `${id} ${book.language}: translated from version ${of}, withheld`);

const readAnswers = (directory: URL): { answers: Map<string, AnswerFile>; broken: string[] } => {
  const answers = new Map<string, AnswerFile>();
  const broken: string[] = [];
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith('.json')) continue;
    const parsed = answerSchema.safeParse(readJson(new URL(name, directory)));
    if (!parsed.success) broken.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
    else if (`${parsed.data.id}.json` !== name) broken.push(`${name}: the id and the file name differ`);
    else if (parsed.data.status !== 'withdrawn') answers.set(parsed.data.id, parsed.data);
  }
  return { answers, broken };
};

const readJson = (file: URL): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** A review date counts to the end of that day, UTC being close enough to Stockholm for a date months away. */
const lastMoment = (isoDate: string): number => Date.parse(`${isoDate}T23:59:59Z`);
