import { spawn } from 'node:child_process';
import { chmodSync, closeSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Identity, runAs } from './choose-identity.ts';
import { giveTo } from './give-to.ts';
import { openEndpoint } from './open-endpoint.ts';
import { serverEnvironment } from './server-environment.ts';

export type Launched = { pid: number | undefined; isRunning: () => boolean; lastWords: () => string };

const LOG_KEPT_BYTES = 1_000_000;

// The log is a file on disk: statements, values and the details of errors, which hold people's words, stay out of it.
const SETTINGS = [
  'shared_buffers=64MB',
  'max_connections=100',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_destination=stderr',
  'logging_collector=off',
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_checkpoints=off',
];

/**
 * Launches PostgreSQL in a session of its own, so that neither Ctrl-C nor a crash of ours reaches it, with its messages in
 * `server.log` in the data directory: a pipe would tie it to us. It may still exit; `lastWords` then says why.
 */
export async function launchServer(input: {
  dataDir: string;
  binDir: string;
  identity: Identity;
  flags: readonly string[];
}): Promise<Launched> {
  const { dataDir, identity } = input;
  // Copies and restored backups are often readable by others, which PostgreSQL refuses.
  chmodSync(dataDir, 0o700);
  const endpoint = await openEndpoint(dataDir, identity);
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const args = ['-D', dataDir, ...endpoint, ...settings, ...input.flags];
  const { command, args: allArgs, options } = runAs(identity, path.join(input.binDir, 'postgres'), args);
  const log = openLog(path.join(dataDir, 'server.log'), identity);
  const child = spawn(command, allArgs, {
    ...options,
    cwd: dataDir,
    env: serverEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  closeSync(log.fd);
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.unref();
  return {
    pid: child.pid,
    isRunning: () => failure === undefined && child.exitCode === null && child.signalCode === null,
    lastWords: () => failure ?? log.lastWords(),
  };
}

function openLog(file: string, identity: Identity) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const isLong = size > LOG_KEPT_BYTES;
  const fd = openSync(file, isLong ? 'w' : 'a', 0o600);
  giveTo(identity, file);
  const lastWords = () => {
    const lines = readFileSync(file)
      .subarray(isLong ? 0 : size)
      .toString('utf8')
      .trim()
      .split('\n');
    const fatal = lines.findLast((line) => /(?:FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? '';
    return fatal.replace(/^.*?(?:FATAL|PANIC):\s*/, '');
  };
  return { fd, lastWords };
}
