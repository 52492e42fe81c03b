import { fileURLToPath } from 'node:url';
import { createLibrary } from '../../src/bot/knowledge/library.ts';
import { createSearch } from '../../src/bot/knowledge/search.ts';
import { detectLanguage } from '../../src/bot/language/detect.ts';
import { createClassifier } from '../../src/bot/safety/classifier.ts';
import { createIntent } from '../../src/bot/safety/intent.ts';
import { createListener } from '../../src/bot/safety/listen.ts';
import { createTriage } from '../../src/bot/safety/triage.ts';
import { retrievalFigures, utteranceFigures } from '../eval/floors.ts';
import { createPredict } from '../eval/predict.ts';
import { Labelled, LabelledQuestion, readSet } from '../eval/read-set.ts';
import { scoreRetrieval } from '../eval/score/score-retrieval.ts';
import { scoreUtterances } from '../eval/score/score-utterances.ts';
import type { Report } from './report.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { percentile, spreadOf } from './statistics.ts';

const LONG = 20_000;
const SHORTER = 2_000;
const LIMITS = { triageUs: 1_000, searchUs: 100, languageUs: 20 } as const;

/** SPEED §7 goal 4: what hearing one message costs, beside how well it is heard. Needs no database. */
export async function triageBench(_: BenchDatabase, rounds: number, say: (line: string) => void): Promise<Report> {
  const before = process.memoryUsage.rss();
  const began = performance.now();
  const hear = createHearing();
  hear.triage('hej');
  const startMs = performance.now() - began;
  const resident = (process.memoryUsage.rss() - before) / 2 ** 20;
  const texts = setAt('../eval/heldout-2.jsonl').map((row) => row.text);
  const medians = {
    triage: [] as number[],
    p99: [] as number[],
    search: [] as number[],
    language: [] as number[],
    growth: [] as number[],
  };
  const ofLength = (length: number) => texts.join(' ').repeat(3).slice(0, length);
  for (let round = 0; round <= rounds; round += 1) {
    const triage = timesOf(texts, hear.triage);
    const [search, language] = [timesOf(texts, hear.search), timesOf(texts, hear.language)];
    const [long, shorter] = [bestOf(ofLength(LONG), hear.triage), bestOf(ofLength(SHORTER), hear.triage)];
    if (round === 0) continue;
    medians.triage.push(percentile(triage, 0.5));
    medians.p99.push(percentile(triage, 0.99));
    medians.search.push(percentile(search, 0.5));
    medians.language.push(percentile(language, 0.5));
    medians.growth.push(long / shorter / (LONG / SHORTER));
    say(`triage: round ${round} of ${rounds}`);
  }
  const figure = (what: string, unit: string, values: number[]) => ({ what, unit, ...spreadOf(values) });
  const share = (values: number[], limit: number) => spreadOf(values.map((value) => value / limit));
  return {
    name: 'triage: one message heard, 400 texts of the independent set',
    figures: [
      figure('triage and intent, median', 'µs', medians.triage),
      figure('triage and intent, p99', 'µs', medians.p99),
      figure('topic search, median', 'µs', medians.search),
      figure('language, median', 'µs', medians.language),
      figure('start: signals compiled, models read, first message', 'ms', [startMs]),
      figure('resident memory that start added', 'MiB', [resident]),
      ...qualityFigures(),
    ],
    goals: [
      { what: 'triage and intent ÷ 1 ms', atMost: 1, ...share(medians.triage, LIMITS.triageUs) },
      { what: 'topic search ÷ 100 µs', atMost: 1, ...share(medians.search, LIMITS.searchUs) },
      { what: 'language ÷ 20 µs', atMost: 1, ...share(medians.language, LIMITS.languageUs) },
      { what: `cost per character, ${LONG} ÷ ${SHORTER} characters`, atMost: 1.5, ...spreadOf(medians.growth) },
    ],
    checks: [],
    notes: ['the quality figures are of the same code in the same process; `npm run eval` has them whole.'],
  };
}

function createHearing() {
  const [listen, classify] = [createListener(), createClassifier()];
  const [triage, intent] = [createTriage(listen, classify), createIntent(listen, classify)];
  const search = createSearch(createLibrary());
  return {
    triage: (text: string) =>
      intent(text, { risk: triage(text, { risk: 'none', channel: 'web' }).risk, channel: 'web' }),
    search: (text: string) => search(text, 'sv'),
    language: (text: string) => detectLanguage(text, 'sv'),
  };
}

/** Microseconds for each text, ascending. */
const timesOf = (texts: readonly string[], work: (text: string) => unknown): number[] =>
  texts.map((text) => elapsed(text, work)).sort((a, b) => a - b);

const bestOf = (text: string, work: (text: string) => unknown): number =>
  Math.min(...Array.from({ length: 5 }, () => elapsed(text, work)));

function elapsed(text: string, work: (text: string) => unknown): number {
  const from = performance.now();
  work(text);
  return (performance.now() - from) * 1_000;
}

const setAt = (file: string) => readSet(fileURLToPath(new URL(file, import.meta.url)), Labelled);

/** Quality on the independent sets, in percent. */
function qualityFigures(): Report['figures'] {
  const predict = createPredict();
  const gold = setAt('../eval/heldout-2.jsonl');
  const heard = utteranceFigures(scoreUtterances(gold, new Map(gold.map((g) => [g.id, predict.utterance(g)]))));
  const questions = readSet(
    fileURLToPath(new URL('../eval/topics/heldout-2.jsonl', import.meta.url)),
    LabelledQuestion,
  );
  const found = retrievalFigures(
    scoreRetrieval(questions, new Map(questions.map((q) => [q.id, predict.question(q.text)]))),
  );
  return Object.entries({ ...heard, ...found }).flatMap(([what, value]) =>
    value === null ? [] : [{ what, unit: '%', ...spreadOf([value * 100]) }],
  );
}
