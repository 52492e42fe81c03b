import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClassifier, type Model, writeModel } from '../../src/bot/safety/classifier.ts';
import { createIntent } from '../../src/bot/safety/intent.ts';
import { createListener, type Heard } from '../../src/bot/safety/listen.ts';
import { createTriage } from '../../src/bot/safety/triage.ts';
import { Labelled, readSet } from './read-set.ts';
import { corpusStamp, type Example, readCorpus } from './train-corpus.ts';
import { figureLines, type Judged } from './train-figures.ts';
import { type Asked, type Read, trainModel } from './train-heads.ts';
import { readQuestions } from './train-questions.ts';

/**
 * `node test/eval/train.ts [--quick] [FILE.jsonl …]`: trains the safety model from `training/`, writes
 * `src/bot/safety/model/model.bin` and prints its figures: cross-validated by written line (no variant of a line is in both
 * parts), with whole situations left out, and on every labelled file given (the held-out sets always). `--quick` leaves
 * cross-validation out. The same texts give the same bytes.
 */
const SEED = 20261122;
const FOLDS = 5;
const DRAWS = 3;
const HELD_OUT = ['heldout.jsonl', 'heldout-2.jsonl', 'heldout-3.jsonl'];
const print = (line: string) => process.stdout.write(`${line}\n`);

const quick = process.argv.includes('--quick');
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const heard = remember(createListener());
const started = performance.now();
const draws = Array.from({ length: DRAWS }, (_, draw) =>
  readCorpus({ seed: SEED + draw }).map((example): Read => ({ example, features: heard(example.text).whole })),
);
const reads = draws[0] ?? [];
const asked = readQuestions().map(({ text, intent }): Asked => ({ intent, features: heard(text).whole }));
const lines = new Set(reads.map((read) => read.example.base)).size;
const texts = new Set(reads.map((read) => read.example.text)).size;
print(`${lines} written lines, ${texts} different texts, ${asked.length} questions`);

const model = trainModel(draws, asked, { seed: SEED, stamp: corpusStamp() });
const folder = new URL('../../src/bot/safety/model/', import.meta.url);
mkdirSync(folder, { recursive: true });
const bytes = writeModel(model);
writeFileSync(new URL('model.bin', folder), bytes);
print(`model ${model.stamp}: ${bytes.length} bytes, ${Math.round(performance.now() - started)} ms`);

if (!quick) {
  const situations = [...new Set(reads.map((read) => read.example.situation))];
  report('by line', (example) => (example.base * 7) % FOLDS);
  report('situation left out', (example) => situations.indexOf(example.situation) % FOLDS);
}
for (const file of [...HELD_OUT.map((name) => fileURLToPath(new URL(name, import.meta.url))), ...files]) {
  const rows = readSet(file, Labelled);
  const judge = judgeWith(model);
  const name = path.basename(file);
  for (const line of figureLines(
    name,
    rows.map((row) => ({ ...row, heard: judge(row.text) })),
  ))
    print(line);
}
print(`${Math.round((performance.now() - started) / 1000)} s`);

function report(name: string, foldOf: (example: Example) => number): void {
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const judge = judgeWith(
      trainModel([reads.filter(({ example }) => foldOf(example) !== fold)], asked, { seed: SEED, stamp: '' }),
    );
    for (const { example } of reads)
      if (foldOf(example) === fold) judged.push({ ...example, heard: judge(example.text) });
  }
  for (const line of figureLines(name, judged)) print(line);
}

/** The whole of the safety layer, rules and model together, with this model. */
function judgeWith(one: Model): (text: string) => Judged['heard'] {
  const classify = createClassifier(one);
  const triage = createTriage(heard, classify);
  const intent = createIntent(heard, classify);
  return (text) => {
    const { risk } = triage(text, { risk: 'none', channel: 'web' });
    return { risk, intent: intent(text, { risk, channel: 'web' })[0]?.intent ?? '' };
  };
}

/** Training reads every text several times; hearing it is the slow part. */
function remember(listen: (text: string) => Heard): (text: string) => Heard {
  const known = new Map<string, Heard>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const now = listen(text);
    known.set(text, now);
    return now;
  };
}
