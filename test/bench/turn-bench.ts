import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { auditTurns, lostOf } from './audit-turns.ts';
import { crashCheck } from './crash-check.ts';
import { interleave } from './interleave.ts';
import { postText } from './load/connection.ts';
import type { Driven } from './load/drive.ts';
import { DrivenShape, startLoad, startRequestLoader } from './load/start-load.ts';
import { activityJson, PEER_PATH, startPeer } from './peers/start-peer.ts';
import type { Report } from './report.ts';
import { mintVisitors } from './service/mint-visitors.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { freePort, startService } from './service/start-service.ts';
import { ratiosOf, spreadOf } from './statistics.ts';
import { storageBench } from './storage-bench.ts';
import { whileOpen } from './while-open.ts';

const IN_FLIGHT = 32;
const SIZE = { warmMs: 500, measureMs: 2_000 };
const TurnAnswer = DrivenShape.extend({ acknowledged: z.array(z.string()) });

/** SPEED §7 goal 6: a durable turn against Microsoft's echo in memory, its storage part against pgbench, and nothing lost. */
export async function turnBench(database: BenchDatabase, rounds: number, say: (line: string) => void): Promise<Report> {
  const { results, acknowledged, transactions } = await turnsOverHttp(database, rounds, say);
  const lost = await lostOf(database.sql, acknowledged);
  const audit = await auditTurns(database.sql, 'rows and sequences after the load over HTTP');
  const crash = await crashCheck(database, IN_FLIGHT, say);
  const afterCrash = await auditTurns(database.sql, 'rows and sequences after the kills');
  const storage = await storageBench(database, rounds, say);
  const afterStorage = await auditTurns(database.sql, 'rows and sequences after the storage part');
  const of = (name: 'ours' | 'echo', key: keyof Driven) => results[name].map((driven) => driven[key]);
  return {
    name: `turn: a message in, the bot's reply out, ${IN_FLIGHT} in flight`,
    figures: [
      { what: 'ours, durable, reply on the stream', unit: 'turns/s', ...spreadOf(of('ours', 'perSecond')) },
      { what: '  half within', unit: 'ms', ...spreadOf(of('ours', 'p50Ms')) },
      { what: '  99 % within', unit: 'ms', ...spreadOf(of('ours', 'p99Ms')) },
      { what: 'botbuilder echo in memory, reply in the body', unit: 'turns/s', ...spreadOf(of('echo', 'perSecond')) },
      { what: '  half within', unit: 'ms', ...spreadOf(of('echo', 'p50Ms')) },
      { what: '  99 % within', unit: 'ms', ...spreadOf(of('echo', 'p99Ms')) },
      { what: 'database transactions a turn of ours', unit: '', ...spreadOf([transactions / acknowledged.length]) },
      ...storage.figures,
    ],
    goals: [
      { what: 'turns: ours ÷ echo', atLeast: 1.5, ...ratiosOf(of('ours', 'perSecond'), of('echo', 'perSecond')) },
      ...storage.goals,
    ],
    checks: [
      { what: 'acknowledged messages lost under load', passed: lost === 0, found: `${lost} of ${acknowledged.length}` },
      audit,
      crash,
      afterCrash,
      afterStorage,
    ],
    notes: [
      'a turn of ours: POST of a message, masked, triaged, encrypted, committed, acknowledged; the bot runs; its reply is committed; both are read back and sent on the visitor’s WebSocket. It ends when the client has the acknowledgement and the reply. The wait for bursts is off.',
      `the load (HTTP and ${IN_FLIGHT} WebSockets in Node) used up to ${Math.round(Math.max(...of('ours', 'busy')) * 100)} % of its processor; PostgreSQL runs on both.`,
      'what stands between: the transactions a turn takes (counted above, reads and idle job polling included), each of one or more round trips between two processes; the echo takes none and pgbench one.',
      ...storage.notes,
    ],
  };
}

function turnsOverHttp(database: BenchDatabase, rounds: number, say: (line: string) => void) {
  return whileOpen(async (open) => {
    const { port } = await open(startService(database.dataDir, await freePort()));
    const echo = await open(startPeer('echo-bot'));
    const requests = await open(startRequestLoader());
    const turns = await open(startLoad('turn-load'));
    const acknowledged: string[] = [];
    const ours = async (): Promise<Driven> => {
      const visitors = await mintVisitors(database, IN_FLIGHT * 4);
      const { acknowledged: ids, ...driven } = TurnAnswer.parse(
        await turns.ask({ ...SIZE, port, visitors, inFlight: IN_FLIGHT }),
      );
      acknowledged.push(...ids);
      return driven;
    };
    const peer = () => {
      const text = postText(PEER_PATH, activityJson('Hur hittar jag ett sommarjobb?'));
      return requests.load({ ...SIZE, port: echo.port, path: PEER_PATH, connections: IN_FLIGHT, requests: [text] });
    };
    const before = await commitsOf(database);
    const results = await interleave<'ours' | 'echo', Driven>(rounds, { ours, echo: peer }, (round) =>
      say(`turn: over HTTP, round ${round} of ${rounds}`),
    );
    return { results, acknowledged, transactions: (await commitsOf(database)) - before };
  });
}

/** PostgreSQL's own count; its sessions hand theirs in up to a second late. */
async function commitsOf({ sql }: BenchDatabase): Promise<number> {
  await sleep(1_500);
  const [row] = await sql`select xact_commit::int as n from pg_stat_database where datname = current_database()`;
  return z.object({ n: z.number() }).parse(row).n;
}
