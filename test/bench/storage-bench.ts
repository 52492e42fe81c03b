import { interleave } from './interleave.ts';
import { DrivenShape, startLoad } from './load/start-load.ts';
import { openPgbench } from './peers/pgbench.ts';
import type { Report } from './report.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { ratiosOf, spreadOf } from './statistics.ts';
import { whileOpen } from './while-open.ts';

const SECONDS = 2;
const WARM_MS = 300;
type Part = Pick<Report, 'figures' | 'goals' | 'notes'>;

/** The storage part of a turn: our code against `pgbench`, both on the same server and in a database of the same tables. */
export function storageBench(database: BenchDatabase, rounds: number, say: (line: string) => void): Promise<Part> {
  return whileOpen(async (open) => {
    const pgbench = await openPgbench(await database.addDatabase('peer'));
    if (!pgbench)
      return { figures: [], goals: [], notes: ['pgbench is not installed: the storage part was not measured.'] };
    await open(Promise.resolve(pgbench));
    const load = await open(startLoad('storage-load', [JSON.stringify(database.options)]));
    const ours = async (inFlight: number) => {
      const answer = await load.ask({ inFlight, warmMs: WARM_MS, measureMs: SECONDS * 1_000 });
      return DrivenShape.parse(answer).perSecond;
    };
    const contenders = {
      'ours, 64': () => ours(64),
      'one, 64': () => pgbench.turns('one commit', 64, SECONDS),
      'two, 64': () => pgbench.turns('two commits', 64, SECONDS),
      'ours, 1': () => ours(1),
      'one, 1': () => pgbench.turns('one commit', 1, SECONDS),
      'two, 1': () => pgbench.turns('two commits', 1, SECONDS),
    };
    const rates = await interleave(rounds, contenders, (round) => say(`turn: storage, round ${round} of ${rounds}`));
    const figure = (what: string, name: keyof typeof rates) => ({ what, unit: 'turns/s', ...spreadOf(rates[name]) });
    return {
      figures: [
        figure('storage part, ours, 64 in flight', 'ours, 64'),
        figure('  pgbench, one statement', 'one, 64'),
        figure('  pgbench, two commits', 'two, 64'),
        figure('storage part, ours, 1 in flight', 'ours, 1'),
        figure('  pgbench, one statement', 'one, 1'),
        figure('  pgbench, two commits', 'two, 1'),
      ],
      goals: [
        { what: 'storage at 64: ours ÷ pgbench', atLeast: 1, ...ratiosOf(rates['ours, 64'], rates['one, 64']) },
        { what: 'storage at 1: ours ÷ pgbench', atLeast: 0.6, ...ratiosOf(rates['ours, 1'], rates['one, 1']) },
      ],
      notes: [
        'storage part: ours stores the message (commit: from here on it may be acknowledged), leases the turn (commit), saves the answer under the owner check (commit), and encrypts both bodies. pgbench writes the same rows and bytes in one statement and one commit, which no service that acknowledges before it answers can do; its two commits are what such a service has to make at least.',
      ],
    };
  });
}
