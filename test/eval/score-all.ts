import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkDialogues } from './dialogues/check.ts';
import { readPatterns } from './dialogues/patterns.ts';
import { playDialogues } from './dialogues/play.ts';
import {
  brokenFloors,
  dialogueFigures,
  type Figures,
  readFloors,
  retrievalFigures,
  utteranceFigures,
} from './floors.ts';
import { createPredict } from './predict.ts';
import { Labelled, LabelledQuestion, readSet, Script } from './read-set.ts';
import { scoreRetrieval } from './score/score-retrieval.ts';
import { scoreUtterances } from './score/score-utterances.ts';
import { dialogueTables, headline, retrievalTables, utteranceTables } from './scorecard.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Scores the repository's own sets, rewrites SCORECARD.md and holds the floors. @returns the exit code. */
export async function scoreAll(say: (line: string) => void, now: Date): Promise<number> {
  const predict = createPredict();
  const figures: Record<string, Figures> = {};
  const parts: string[] = [];
  for (const { name, file, title } of UTTERANCE_SETS) {
    if (!existsSync(here(file))) continue;
    const gold = readSet(here(file), Labelled);
    const score = scoreUtterances(gold, new Map(gold.map((g) => [g.id, predict.utterance(g)])));
    figures[name] = utteranceFigures(score);
    parts.push(utteranceTables(`${title}: ${gold.length} texts`, score));
  }
  for (const { name, file, title } of QUESTION_SETS) {
    if (!existsSync(here(file))) continue;
    const questions = readSet(here(file), LabelledQuestion);
    const retrieval = scoreRetrieval(questions, new Map(questions.map((q) => [q.id, predict.question(q.text)])));
    figures[name] = retrievalFigures(retrieval);
    parts.push(retrievalTables(`${title}: ${questions.length} questions`, retrieval));
  }

  const scripts = readSet(here('sets/dialogues-dev.jsonl'), Script);
  const transcripts = new Map((await playDialogues(scripts)).map((t) => [t.id, t]));
  const dialogues = checkDialogues(scripts, transcripts, readPatterns(here('sets/assertions.json')));
  figures['dialogues-dev'] = dialogueFigures(dialogues);
  parts.push(
    dialogueTables(`Dialogues, dialogues-dev: ${scripts.length} scripts through the whole service`, dialogues),
  );

  const floors = readFloors(JSON.parse(readFileSync(here('floors.json'), 'utf8')));
  const card = [headline(now, figures, floors), ...parts].join('\n');
  writeFileSync(here('SCORECARD.md'), card);
  say(card);
  const broken = brokenFloors(figures, floors);
  for (const line of broken) say(line);
  return broken.length === 0 ? 0 : 1;
}

const UTTERANCE_SETS = [
  { name: 'dev', file: 'sets/dev.jsonl', title: 'Danger and understanding, dev' },
  { name: 'heldout', file: 'heldout.jsonl', title: 'Danger and understanding, our own held-out set' },
  { name: 'heldout-2', file: 'heldout-2.jsonl', title: 'Danger and understanding, an independent set' },
  { name: 'heldout-3', file: 'heldout-3.jsonl', title: 'Danger and understanding, a second independent set' },
] as const;

const QUESTION_SETS = [
  { name: 'retrieval-dev', file: 'sets/retrieval-dev.jsonl', title: 'Topics, retrieval-dev' },
  { name: 'topics-heldout', file: 'topics/heldout.jsonl', title: 'Topics, our own held-out set' },
  { name: 'topics-heldout-2', file: 'topics/heldout-2.jsonl', title: 'Topics, an independent set' },
] as const;
