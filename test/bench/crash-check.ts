import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { lostOf } from './audit-turns.ts';
import { startLoad } from './load/start-load.ts';
import type { TurnLoad } from './load/turn-load.ts';
import type { Check } from './report.ts';
import { mintVisitors } from './service/mint-visitors.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { freePort, startService } from './service/start-service.ts';
import { whileOpen } from './while-open.ts';

const KILLS = 3;
const [KILL_AFTER_MS, LOAD_MS] = [1_500, 3_000];
const SETTLED_WITHIN_MS = 60_000;
const Answer = z.object({ acknowledged: z.array(z.string()) });

/** Kills the service under load, starts it again on the same database, and looks for every message it had acknowledged. */
export async function crashCheck(
  database: BenchDatabase,
  inFlight: number,
  say: (line: string) => void,
): Promise<Check> {
  const acknowledged: string[] = [];
  let lost = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    say(`turn: kill -9 ${kill} of ${KILLS}`);
    const taken = await killedUnderLoad(database, inFlight);
    acknowledged.push(...taken);
    await whileOpen(async (open) => {
      await open(startService(database.dataDir, await freePort()));
      await settled(database);
    });
    lost += await lostOf(database.sql, taken);
  }
  return {
    what: `acknowledged messages lost or not answered once after ${KILLS} kill -9 under load`,
    passed: lost === 0 && acknowledged.length > 0,
    found: `${lost} of ${acknowledged.length}`,
  };
}

async function killedUnderLoad(database: BenchDatabase, inFlight: number): Promise<string[]> {
  return whileOpen(async (open) => {
    const service = await open(startService(database.dataDir, await freePort()));
    const load = await open(startLoad('turn-load'));
    const visitors = await mintVisitors(database, inFlight * 2);
    const question = { port: service.port, visitors, inFlight, warmMs: 0, measureMs: LOAD_MS, untilBroken: true };
    const answer = load.ask(question satisfies TurnLoad);
    await Promise.race([answer, sleep(KILL_AFTER_MS)]);
    await service.kill();
    return Answer.parse(await answer).acknowledged;
  });
}

/** Every turn that is owed has been run. @throws after a minute. */
async function settled({ sql }: BenchDatabase): Promise<void> {
  for (const until = Date.now() + SETTLED_WITHIN_MS; Date.now() < until; await sleep(100)) {
    const [row] = await sql`select count(*)::int as due from conversation where turn_due_at is not null`;
    if (row?.['due'] === 0) return;
  }
  throw new Error('turns are still owed a minute after the restart');
}
