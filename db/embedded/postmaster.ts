import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** What a running server writes into its data directory: who it is and where it listens. */
export type Postmaster = { pid: number; port: number; socketDir: string; ready: boolean };

/** The server on `dataDir` whose process lives, ready or not; a lock file left behind by a dead one is nothing. */
export function findPostmaster(dataDir: string): Postmaster | undefined {
  const found = readLockFile(dataDir);
  return found && isPostgres(found.pid) ? found : undefined;
}

/**
 * Removes a lock file whose pid now is a zombie or another program: PostgreSQL asks only whether the pid exists, so after
 * a crash in a container it would refuse to start for ever.
 */
export function removeStaleLock(dataDir: string): void {
  const found = readLockFile(dataDir);
  if (found && !isPostgres(found.pid) && readLockFile(dataDir)?.pid === found.pid) {
    rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
  }
}

// Line by line: pid, data directory, start time, port, socket directory, listen address, shared memory key, status.
function readLockFile(dataDir: string): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    if (!(pid > 0)) return undefined;
    return { pid, port, socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  return isAlive(pid) && (process.platform !== 'linux' || isPostgresOnLinux(pid));
}

/** Whether a process of this id exists, be it a zombie or somebody else's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// "123 (postgres) S …": pid, program, state.
function isPostgresOnLinux(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.includes('(postgres)') && !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
