import { readdirSync, readFileSync } from 'node:fs';
import type { Channel } from '../outcome.ts';
import { type AnswerFile, answerSchema, contentLanguage } from './answer.ts';
import { type Contacts, createContacts } from './contacts.ts';
import { renderText } from './render-text.ts';

export interface LibraryAnswer {
  id: string;
  version: number;
  title: string;
  text: string;
  next: string[];
}

export interface Library {
  /** What may be said on a topic right now; null when it is unknown, withdrawn, broken or past its review date. */
  answer(id: string, language: string, channel: Channel, now: Date): LibraryAnswer | null;
  /** Every topic that loaded and is not withdrawn, in id order, for the search. */
  topics(): readonly AnswerFile[];
  /** What the content owner must look at: broken files and overdue reviews. Holds ids and rule texts only. */
  problems(now: Date): string[];
}

/** Loads the approved answers next to this file. A broken file is reported and withheld; it never stops the service. */
export const createLibrary = ({
  contacts = createContacts(),
  directory = new URL('./answers/', import.meta.url),
}: {
  contacts?: Contacts;
  directory?: URL;
} = {}): Library => {
  const { answers, broken } = readAnswers(directory);
  const overdue = (answer: AnswerFile, now: Date) => lastMoment(answer.reviewBy) < now.getTime();
  return {
    answer: (id, language, channel, now) => {
      const answer = answers.get(id);
      if (!answer || overdue(answer, now)) return null;
      const texts = answer.texts[contentLanguage(language)];
      return {
        id,
        version: answer.version,
        title: renderText(texts.title, contacts),
        text: renderText(channel === 'sms' ? texts.sms : texts.text, contacts),
        next: answer.next.filter((topic) => {
          const follower = answers.get(topic);
          return follower !== undefined && !overdue(follower, now);
        }),
      };
    },
    topics: () => [...answers.values()],
    problems: (now) => [
      ...broken,
      ...[...answers.values()]
        .filter((answer) => overdue(answer, now))
        .map(({ id, reviewBy }) => `${id}: review was due ${reviewBy}, withheld`),
    ],
  };
};

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
