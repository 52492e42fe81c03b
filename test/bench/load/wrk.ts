import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PROCESSOR, pinnedCommand } from '../start-child.ts';
import type { Driven } from './drive.ts';
import type { RequestLoad } from './request-load.ts';

const run = promisify(execFile);

/** The same load by wrk. It cannot leave out a warm-up, so one short run goes before. */
export async function wrk(program: string, question: RequestLoad): Promise<Driven> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'utvag-wrk-'));
  const script = path.join(folder, 'requests.lua');
  try {
    writeFileSync(script, luaOf(question.requests));
    await once(program, script, question, question.warmMs);
    return await once(program, script, question, question.measureMs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function once(program: string, script: string, question: RequestLoad, forMs: number): Promise<Driven> {
  const seconds = `${Math.max(1, Math.round(forMs / 1_000))}s`;
  const address = `http://127.0.0.1:${question.port}${question.path}`;
  const args = ['-t1', `-c${question.connections}`, `-d${seconds}`, '-s', script, address];
  const { command, prefix } = pinnedCommand(program, PROCESSOR.load);
  const { stdout } = await run(command, [...prefix, ...args], { timeout: forMs + 20_000 });
  return parseWrk(stdout);
}

/** Reads the line that our script's `done` prints: microseconds, except for counts. @throws when an answer was not a 200. */
export function parseWrk(output: string): Driven {
  const found = /UTVAG (\d+) (\d+) (\d+) (\d+) (\d+)/.exec(output);
  if (!found) throw new Error('wrk did not say how it went');
  const [requests = 0, tookUs = 0, failed = 0, p50 = 0, p99 = 0] = found.slice(1).map(Number);
  if (failed > 0) throw new Error(`${failed} requests under load were not answered 200`);
  return { perSecond: (requests / tookUs) * 1e6, p50Ms: p50 / 1_000, p99Ms: p99 / 1_000, busy: Number.NaN };
}

const luaOf = (requests: readonly string[]): string => `
local requests = {${requests.map((request) => JSON.stringify(request)).join(',\n')}}
local at = 0
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("UTVAG %d %d %d %d %d\\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
`;
