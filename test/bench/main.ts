import { writeFileSync } from 'node:fs';
import { buildWhenStale } from '../../src/server/build.ts';
import { httpBench } from './http-bench.ts';
import { inboxBench } from './inbox-bench.ts';
import { type Arguments, readArguments } from './read-arguments.ts';
import { isMet, type Report, renderReport } from './report.ts';
import { type BenchDatabase, openBenchDatabase } from './service/open-bench-database.ts';
import { smsBench } from './sms-bench.ts';
import { triageBench } from './triage-bench.ts';
import { turnBench } from './turn-bench.ts';
import { widgetBench } from './widget-bench.ts';

type Bench = (
  database: BenchDatabase,
  rounds: number,
  say: (line: string) => void,
  size: Arguments['size'],
) => Promise<Report>;
const BENCHES: Readonly<Record<string, Bench>> = {
  http: httpBench,
  inbox: inboxBench,
  sms: smsBench,
  triage: triageBench,
  turn: turnBench,
  widget: widgetBench,
};

/** `npm run bench -- [NAME…] [--rounds N] [--json FILE] [--size small]`: figures are printed whatever they are; a failed check ends with 1. */
async function main(): Promise<void> {
  const { names, rounds, jsonFile, size } = readArguments(process.argv.slice(2), Object.keys(BENCHES));
  await buildWhenStale(progress);
  const reports: Report[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const database = await openBenchDatabase();
    try {
      const report = await bench(database, rounds, progress, size);
      process.stdout.write(renderReport(report));
      reports.push(report);
    } finally {
      await database.stop();
    }
  }
  if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify({ node: process.version, rounds, reports }, null, 2)}\n`);
  const goals = reports.flatMap((report) => report.goals);
  process.stdout.write(`\n${goals.filter(isMet).length} of ${goals.length} goals met\n`);
  if (reports.some((report) => report.checks.some((check) => !check.passed))) process.exitCode = 1;
}

/** Where a person waits, not in what is piped on. */
const progress = (line: string) => void process.stderr.write(`${line}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
main().catch((error: unknown) => {
  process.stderr.write(
    `The benchmark stops: ${error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : 'unknown error'}\n`,
  );
  process.exitCode = 1;
});
