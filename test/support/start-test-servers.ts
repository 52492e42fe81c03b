import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedBinaries } from '../../db/embedded/embedded-binaries.ts';
import type { ConnectionOptions } from '../../db/embedded/join-server.ts';
import { findPostmaster, isAlive } from '../../db/embedded/postmaster.ts';
import { startServer } from '../../db/embedded/start-server.ts';

export type TestServer = { options: ConnectionOptions; stop: () => Promise<void> };
export type TestServers = { embedded: TestServer; system: TestServer | null };

const SYSTEM_BINARIES = '/usr/lib/postgresql/15/bin';
const PREFIX = 'utvag-test-';
// The data is thrown away after the run: speed before safety, but the same engine, so locks and isolation are real.
const FLAGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'jit=off',
  'max_wal_size=4GB',
  'max_connections=300',
].flatMap((setting) => ['-c', setting]);

/**
 * Starts the servers that a test run uses, each on its own socket and in a folder of its own: the embedded one, and Debian's
 * PostgreSQL 15 (our floor) where it is installed. `UTVAG_TEST_DATABASES=embedded` leaves the second out.
 */
export async function startTestServers(env: NodeJS.ProcessEnv = process.env): Promise<TestServers> {
  await removeAbandoned();
  const wantsSystem = env['UTVAG_TEST_DATABASES'] !== 'embedded' && existsSync(path.join(SYSTEM_BINARIES, 'postgres'));
  const starts = [startOne(embeddedBinaries()), ...(wantsSystem ? [startOne(SYSTEM_BINARIES)] : [])];
  const results = await Promise.allSettled(starts);
  const servers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [embedded, system = null] = servers;
  if (embedded && servers.length === results.length) return { embedded, system };
  await Promise.all(servers.map((server) => server.stop()));
  throw results.find((result) => result.status === 'rejected')?.reason;
}

async function startOne(binDir: string): Promise<TestServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    const { options } = await startServer({ binDir, dataDir: path.join(folder, 'data'), flags: FLAGS });
    return { options, stop: () => removeServer(folder) };
  } catch (error) {
    await removeServer(folder);
    throw error;
  }
}

// What a run that was killed left behind. The folder's name says which process it belonged to.
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    const runner = Number(/^utvag-test-(\d+)-/.exec(name)?.[1]);
    if (runner && !isAlive(runner)) await removeServer(path.join(os.tmpdir(), name));
  }
}

/** Ends the server of a folder at once, whoever uses it, and removes its data and its socket. */
async function removeServer(folder: string): Promise<void> {
  const dataDir = path.join(folder, 'data');
  const postmaster = findPostmaster(dataDir);
  if (postmaster) process.kill(postmaster.pid, 'SIGQUIT');
  while (postmaster && findPostmaster(dataDir)?.pid === postmaster.pid) await sleep(10);
  for (const made of [folder, postmaster?.socketDir]) if (made) rmSync(made, { recursive: true, force: true });
}
