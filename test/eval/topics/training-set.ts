import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { createLibrary } from '../../../src/bot/knowledge/library.ts';
import outOfScope from '../../../src/bot/knowledge/out-of-scope.json' with { type: 'json' };
import { plainText } from '../../../src/bot/knowledge/render-text.ts';
import { lexiconText } from '../../../src/bot/language/meanings.ts';

export interface TrainingText {
  text: string;
  language: string;
  /** '' is what no topic answers. */
  topic: string;
  /** How much it counts. */
  weight: number;
  /** A whole question as people write it; cross-validation is over these. */
  question: boolean;
}

const queriesSchema = z.strictObject({
  version: z.int(),
  reviewer: z.string(),
  language: z.string(),
  purpose: z.string(),
  topics: z.record(z.string(), z.array(z.string().min(1))),
  none: z.array(z.string().min(1)),
});

const directory = new URL('../../../src/bot/knowledge/queries/', import.meta.url);

/** Questions in twelve languages first, then key words, titles and sentences of the approved answers. */
export const readTrainingSet = (): TrainingText[] => {
  const texts: TrainingText[] = [];
  const add = (topic: string, language: string, weight: number, question: boolean, some: readonly string[]) =>
    texts.push(...some.map((text) => ({ text, language, topic, weight, question })));
  for (const name of readdirSync(directory).sort()) {
    const queries = queriesSchema.parse(JSON.parse(readFileSync(new URL(name, directory), 'utf8')));
    for (const [topic, some] of Object.entries(queries.topics)) add(topic, queries.language, 1, true, some);
    add('', queries.language, 1, true, queries.none);
  }
  for (const language of ['sv', 'en'] as const) {
    add('', language, 0.7, false, outOfScope.queries[language]);
    for (const { id, queries, texts: approved } of createLibrary().topics()) {
      add(id, language, 0.7, false, queries[language]);
      add(id, language, 1, false, [plainText(approved[language].title)]);
      add(id, language, 0.3, false, sentencesOf(plainText(approved[language].text)));
    }
  }
  return texts;
};

const sentencesOf = (text: string): string[] => text.split(/[.!?\n]+/).filter((part) => part.trim().length > 15);

export const topicsOf = (texts: readonly TrainingText[]): string[] => [
  ...[...new Set(texts.map((text) => text.topic))].filter((topic) => topic !== '').sort(),
  '',
];

/** Stands in the weights file; a test compares it, so that a changed text is trained on before it is committed. */
export const fingerprint = (texts: readonly TrainingText[]): string => {
  const sum = createHash('sha256').update(lexiconText());
  for (const { topic, text, weight } of texts) sum.update(`${topic}\t${weight}\t${text}\n`);
  return sum.digest('hex');
};
