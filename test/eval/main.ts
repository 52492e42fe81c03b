import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { playDialogues } from './dialogues/play.ts';
import { createPredict } from './predict.ts';
import { Question, readSet, Script, Utterance } from './read-set.ts';
import { scoreAll } from './score-all.ts';

const USAGE = 'usage: npm run eval [-- (--utterances FILE | --retrieval FILE | --dialogues FILE) --out FILE]';

/** INTERFACES §1: predictions and transcripts for files of others, or the repository's own sets, scored. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      utterances: { type: 'string' },
      retrieval: { type: 'string' },
      dialogues: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { utterances, retrieval, dialogues, out } = values;
  const asked = [utterances, retrieval, dialogues].filter((file) => file !== undefined);
  if (asked.length === 0 && out === undefined) return scoreAll((line) => process.stdout.write(`${line}\n`), new Date());
  if (asked.length !== 1 || out === undefined) throw new Error(USAGE);
  const rows: object[] = [];
  if (utterances !== undefined) {
    const predict = createPredict();
    for (const said of readSet(utterances, Utterance)) {
      const { masked: _, ...prediction } = predict.utterance(said);
      rows.push(prediction);
    }
  }
  if (retrieval !== undefined) {
    const { question } = createPredict();
    for (const { id, text } of readSet(retrieval, Question)) rows.push({ id, topics: question(text) });
  }
  if (dialogues !== undefined) rows.push(...(await playDialogues(readSet(dialogues, Script))));
  writeFileSync(out, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`eval: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown error'}\n`);
    process.exit(2);
  },
);
