import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Identity, runAs } from './choose-identity.ts';
import { giveTo } from './give-to.ts';
import { PASSWORD_FILE } from './open-endpoint.ts';
import { serverEnvironment } from './server-environment.ts';

/** Name of the database and of the superuser that owns everything in it. */
export const NAME = 'utvag';
const LEFTOVER_AFTER_MS = 10 * 60_000;

/**
 * Makes `dataDir` with the database in it. It is built beside and renamed into place when complete, so a crash leaves
 * nothing half made and of two at once one wins. Sorting follows Swedish rules (ICU locale sv).
 */
export async function createDataDir(input: {
  dataDir: string;
  binDir: string;
  identity: Identity;
  isDurable: boolean;
}): Promise<void> {
  const { dataDir, binDir, identity, isDurable } = input;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is neither empty nor a database: name another folder with DATA_DIR`);
  }
  mkdirSync(path.dirname(dataDir), { recursive: true });
  removeLeftovers(dataDir);
  const building = `${dataDir}.new-${randomBytes(6).toString('hex')}`;
  const password = `${building}.password`;
  const run = (program: string, args: string[], stdin = '') =>
    runToEnd(identity, path.join(binDir, program), ['-D', building, ...args], stdin);
  try {
    mkdirSync(building, { mode: 0o700 });
    giveTo(identity, building);
    if (process.platform === 'win32') writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    const access = existsSync(password) ? ['--auth=scram-sha-256', `--pwfile=${password}`] : ['--auth=trust'];
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=sv'];
    await run('initdb', ['-U', NAME, ...access, ...locale, ...(isDurable ? [] : ['--no-sync'])]);
    if (existsSync(password)) renameSync(password, path.join(building, PASSWORD_FILE));
    await run('postgres', ['-c', `fsync=${isDurable ? 'on' : 'off'}`, 'postgres'], `create database ${NAME}\n`);
    putInPlace(building, dataDir);
  } finally {
    for (const made of [building, password]) rmSync(made, { recursive: true, force: true });
  }
}

function putInPlace(building: string, dataDir: string): void {
  try {
    renameSync(building, dataDir);
  } catch (error) {
    if (!existsSync(path.join(dataDir, 'PG_VERSION'))) throw error;
  }
}

function removeLeftovers(dataDir: string): void {
  const parent = path.dirname(dataDir);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${path.basename(dataDir)}.new-`)) continue;
    const changed = statSync(path.join(parent, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > LEFTOVER_AFTER_MS) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

function runToEnd(identity: Identity, program: string, args: string[], stdin: string): Promise<void> {
  const isSingleUser = stdin !== '';
  const launch = runAs(identity, program, isSingleUser ? ['--single', ...args] : args);
  return new Promise((resolve, reject) => {
    const options = { ...launch.options, env: serverEnvironment() };
    const child = execFile(launch.command, launch.args, options, (error, _stdout, stderr) => {
      // In single-user mode a failed statement is only printed.
      const complaint = /^.*(?:ERROR|FATAL|error|fatal):.*$/m.exec(stderr)?.[0];
      if (!error && !(isSingleUser && complaint)) return resolve();
      const why = complaint ?? stderr.trim().split('\n')[0] ?? error?.message;
      reject(
        new Error(
          `the embedded database could not be made (${why || error?.message}): repair that or set DATABASE_URL`,
        ),
      );
    });
    child.stdin?.on('error', () => undefined).end(stdin);
  });
}
