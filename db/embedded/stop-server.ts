import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Presence } from './join-server.ts';
import { findPostmaster } from './postmaster.ts';

const STOPPED_WITHIN_MS = 30_000;

/** Leaves a server and, when nobody else uses it, stops it and waits until it is gone. */
export async function stopServer(input: { presence: Presence; dataDir: string; binDir: string }): Promise<void> {
  const { presence, dataDir, binDir } = input;
  const isLast = await presence.leave().catch(() => false);
  if (isLast && findPostmaster(dataDir)?.pid === presence.pid) askToStop(presence.pid, dataDir, binDir);
  await presence.close();
  if (!isLast) return;
  for (const until = Date.now() + STOPPED_WITHIN_MS; Date.now() < until; await sleep(5)) {
    if (findPostmaster(dataDir)?.pid !== presence.pid) return;
  }
  throw new Error(`the embedded database did not stop within ${STOPPED_WITHIN_MS / 1000} s: see ${dataDir}/server.log`);
}

// SIGINT is the fast stop: sessions end, everything is written. Windows has no signals, pg_ctl sends its own.
function askToStop(pid: number, dataDir: string, binDir: string): void {
  if (process.platform !== 'win32') process.kill(pid, 'SIGINT');
  else spawnSync(path.join(binDir, 'pg_ctl'), ['stop', '-D', dataDir, '-m', 'fast', '-w'], { windowsHide: true });
}
