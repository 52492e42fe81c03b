import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { atExit } from '../at-exit.ts';
import { endProcess, PROCESSOR, pinned } from '../start-child.ts';

export { freePort } from '../../support/free-port.ts';

/** The whole service as `npm start` runs it, in a process of its own. */
export interface Service {
  url: string;
  port: number;
  /** From the process's start to its first 200 on `/readyz`. */
  startedInMs: number;
  stop(): Promise<void>;
  /** As a crash does it: no farewell (kill -9). */
  kill(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../../src/server/main.ts', import.meta.url));
const OPEN_WITHIN_MS = 60_000;

/** Starts the service on the database in `dataDir`. Bursts are not waited for; its log goes to a file there. @param more settings. */
export async function startService(
  dataDir: string,
  port: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const url = `http://127.0.0.1:${port}`;
  const { command, prefix } = pinned(PROCESSOR.server);
  const logFile = path.join(dataDir, 'service.log');
  const log = openSync(logFile, 'a');
  const settings = { PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDir, UTVAG_BURST_WAIT_MS: '0' };
  const began = performance.now();
  const child = spawn(command, [...prefix, MAIN], {
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], ...settings, UTVAG_TURN_LEASE_MS: '2000', ...more },
  });
  closeSync(log);
  child.once(
    'exit',
    atExit(() => child.kill('SIGKILL')),
  );
  try {
    await firstAnswer(() => fetch(`${url}/readyz`), child, began);
  } catch (error) {
    await endProcess(child);
    throw new Error(`${messageOf(error)}; its last line: ${lastLine(logFile)}`);
  }
  const startedInMs = performance.now() - began;
  return {
    url,
    port,
    startedInMs,
    stop: () => endProcess(child),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Asks until the answer is 200. @throws when the process ends first or a minute has passed. */
export async function firstAnswer(
  ask: () => Promise<Response>,
  child: { exitCode: number | null },
  began: number,
): Promise<void> {
  while (child.exitCode === null && performance.now() - began < OPEN_WITHIN_MS) {
    const answer = await ask().catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await sleep(2);
  }
  throw new Error(child.exitCode === null ? 'the service does not answer' : 'the service ended before it answered');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'it did not start');
const lastLine = (file: string): string => readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
