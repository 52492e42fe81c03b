import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Identity, runAs } from './choose-identity.ts';
import { serverEnvironment } from './server-environment.ts';

/** Throws one line when the programs do not run on this machine, or cannot read what another major version wrote. */
export function checkVersion(input: { dataDir: string; binDir: string; identity: Identity }): void {
  const { command, args, options } = runAs(input.identity, path.join(input.binDir, 'postgres'), ['--version']);
  const result = spawnSync(command, args, { ...options, encoding: 'utf8', env: serverEnvironment() });
  const major = /\(PostgreSQL\) (\d+)/.exec(result.stdout ?? '')?.[1];
  if (result.status !== 0 || major === undefined) {
    const why = result.error?.message ?? result.stderr.trim().split('\n')[0];
    throw new Error(`the embedded PostgreSQL does not run on this machine (${why}): set DATABASE_URL`);
  }
  const file = path.join(input.dataDir, 'PG_VERSION');
  const written = existsSync(file) ? readFileSync(file, 'utf8').trim() : major;
  if (written !== major) {
    throw new Error(
      `${input.dataDir} was written by PostgreSQL ${written}, ours is ${major}: move it away, or run PostgreSQL ${written} on it and set DATABASE_URL`,
    );
  }
}
