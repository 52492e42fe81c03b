import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkVersion } from './check-version.ts';
import { chooseIdentity } from './choose-identity.ts';
import { createDataDir } from './create-data-dir.ts';
import { type ConnectionOptions, joinServer, type Presence } from './join-server.ts';
import { type Launched, launchServer } from './launch-server.ts';
import { findPostmaster, removeStaleLock } from './postmaster.ts';
import { stopServer } from './stop-server.ts';

/**
 * A server on this machine. `options` go to `postgres(options)`; `adopted` says that it ran already; `stop` ends it unless
 * others use it too: close your own connections first. It outlives a crash of this process, to be adopted by the next.
 */
export type Embedded = { options: ConnectionOptions; adopted: boolean; pid: number; stop: () => Promise<void> };

type Input = { dataDir: string; binDir: string; flags?: readonly string[]; log?: (line: string) => void };

// Recovery after a power cut reads up to a gigabyte of log.
const READY_WITHIN_MS = 120_000;
const LAUNCHES = 6;
const BETWEEN_LAUNCHES_MS = 250;
const LOOK_AGAIN_MS = 10;

/** Starts the PostgreSQL of `binDir` on `dataDir`, made if missing, or joins the one that runs there. Throws one line. */
export async function startServer({
  binDir,
  dataDir: folder,
  flags = [],
  log = () => undefined,
}: Input): Promise<Embedded> {
  const dataDir = realFolder(folder);
  const identity = chooseIdentity(dataDir);
  checkVersion({ dataDir, binDir, identity });
  if (!existsSync(path.join(dataDir, 'PG_VERSION'))) {
    await createDataDir({ dataDir, binDir, identity, isDurable: !flags.includes('fsync=off') });
    log(`database created in ${folder}`);
  }
  let launched: Launched | undefined;
  let launches = 0;
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await sleep(LOOK_AGAIN_MS)) {
    const presence = await joinServer(dataDir);
    if (presence) {
      const adopted = presence.pid !== launched?.pid;
      log(`database ${adopted ? 'already running' : 'started'} in ${folder}`);
      return asEmbedded({ presence, adopted, dataDir, binDir });
    }
    if (launched?.isRunning() || findPostmaster(dataDir)) continue;
    // Ours ended and nobody else serves: it lost a race, or the last server's processes are still leaving; or it cannot.
    if (launched && launches === LAUNCHES)
      throw new Error(`the embedded database does not start: ${launched.lastWords()}`);
    if (launched) await sleep(BETWEEN_LAUNCHES_MS);
    removeStaleLock(dataDir);
    launched = await launchServer({ dataDir, binDir, identity, flags });
    launches += 1;
  }
  throw new Error(`the embedded database was not ready within ${READY_WITHIN_MS / 1000} s: see ${dataDir}/server.log`);
}

function asEmbedded(input: { presence: Presence; adopted: boolean; dataDir: string; binDir: string }): Embedded {
  const { presence, adopted } = input;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopServer(input);
    return stopping;
  };
  return { options: presence.options, adopted, pid: presence.pid, stop };
}

// The socket's name is made from the folder's, so two ways of writing one folder must come out the same.
function realFolder(folder: string): string {
  const full = path.resolve(folder);
  if (existsSync(full)) return realpathSync(full);
  const parent = path.dirname(full);
  return parent === full ? full : path.join(realFolder(parent), path.basename(full));
}
