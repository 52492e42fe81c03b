import { readFileSync, writeFileSync } from 'node:fs';
import { createLibrary } from '../../../src/bot/knowledge/library.ts';
import { createSearch } from '../../../src/bot/knowledge/search.ts';
import { readModel, type SearchModel } from '../../../src/bot/knowledge/search-model.ts';
import { type Question, table } from './measure.ts';
import { trainModel } from './train-model.ts';
import { readTrainingSet, type TrainingText, topicsOf } from './training-set.ts';

const weightsFile = new URL('../../../src/bot/knowledge/search-weights.bin', import.meta.url);
const folds = 4;

/**
 * `node test/eval/topics/train.ts` trains and writes the weights (seconds). `--cross-validate` also shows how well three
 * quarters of the questions teach the last; `--heldout` measures the written weights on heldout.jsonl, for a last look.
 */
const main = (wanted: readonly string[]) => {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const texts = readTrainingSet();
  const classes = topicsOf(texts);
  if (wanted.includes('--cross-validate')) say(crossValidate(texts, classes));
  write(trainModel(texts, classes));
  say(`${texts.length} texts, ${classes.length - 1} topics`);
  if (wanted.includes('--heldout')) {
    const search = createSearch(createLibrary(), readModel());
    const lines = readFileSync(new URL('./heldout.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const questions: Question[] = lines.map((line) => JSON.parse(line));
    say(table(search, questions));
    const started = performance.now();
    for (const { text, lang } of questions) search(text, lang);
    say(`${(((performance.now() - started) * 1000) / questions.length).toFixed(1)} µs a search`);
  }
};

const write = ({ header, weights, rarity }: SearchModel) =>
  writeFileSync(
    weightsFile,
    Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), Buffer.from(weights.buffer), rarity]),
  );

const crossValidate = (texts: readonly TrainingText[], classes: readonly string[]): string => {
  const foldOf = (at: number) => (Math.imul(at + 1, 2654435761) >>> 8) % folds;
  const parts = Array.from({ length: folds }, (_, fold) => {
    const isLeftOut = ({ question }: TrainingText, at: number) => question && foldOf(at) === fold;
    const model = trainModel(
      texts.filter((text, at) => !isLeftOut(text, at)),
      classes,
    );
    const search = createSearch(createLibrary(), model);
    return texts.filter(isLeftOut).map(({ text, language, topic }) => ({
      question: { text, lang: language, topics: topic === '' ? [] : [topic] },
      search,
    }));
  }).flat();
  const searchOf = new Map(parts.map(({ question, search }) => [question.text, search] as const));
  return table(
    (text, language) => searchOf.get(text)?.(text, language) ?? [],
    parts.map(({ question }) => question),
  );
};

main(process.argv.slice(2));
