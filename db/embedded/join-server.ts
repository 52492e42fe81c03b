import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { NAME } from './create-data-dir.ts';
import { readPassword } from './open-endpoint.ts';
import { findPostmaster } from './postmaster.ts';

/** What `postgres(options)` takes. */
export type ConnectionOptions = { host: string; port: number; username: string; database: string; password?: string };

/** Our place among those who use a server. `leave` gives it up and says whether we were the last; `close` ends the connection. */
export type Presence = {
  options: ConnectionOptions;
  pid: number;
  leave: () => Promise<boolean>;
  close: () => Promise<void>;
};

// Each user of a server holds this lock shared; who can take it alone may stop the server, and nobody joins meanwhile.
const PRESENCE_LOCK = 7_402_112;
const OTHERS_END_WITHIN_MS = 1_000;

/** Joins the server that runs on `dataDir`; undefined while there is none, while it starts, and while it is being stopped. */
export async function joinServer(dataDir: string): Promise<Presence | undefined> {
  const postmaster = findPostmaster(dataDir);
  if (!postmaster?.ready) return undefined;
  const password = readPassword(dataDir);
  const { pid, port } = postmaster;
  const host = postmaster.socketDir || '127.0.0.1';
  const options = { host, port, username: NAME, database: NAME, ...(password === undefined ? {} : { password }) };
  const line = openLine(options);
  const { sql } = line;
  const close = () => sql.end({ timeout: 1 });
  try {
    const [row] = await sql`select pg_try_advisory_lock_shared(${PRESENCE_LOCK}) as joined`;
    if (row?.['joined'] === true) {
      line.letProcessEnd();
      return { options, pid, leave: () => leave(line), close };
    }
  } catch {
    // It went away under us, or is not yet or no longer taking connections: the caller looks again.
  }
  await close();
  return undefined;
}

async function leave({ sql, keepProcess }: Line): Promise<boolean> {
  keepProcess();
  await sql`select pg_advisory_unlock_shared(${PRESENCE_LOCK})`;
  const [row] = await sql`select pg_try_advisory_lock(${PRESENCE_LOCK}) as alone`;
  if (row?.['alone'] !== true) return false;
  // Connections that were just closed are listed a moment longer.
  for (const until = Date.now() + OTHERS_END_WITHIN_MS; Date.now() < until; await sleep(20)) {
    const others =
      await sql`select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`;
    if (others.length === 0) return true;
  }
  return false;
}

type Line = ReturnType<typeof openLine>;

// A connection that does not keep the process alive: one that forgets to stop, or throws, must end all the same.
function openLine(options: ConnectionOptions) {
  const target = { host: options.host, port: options.port };
  const socketPath = path.join(options.host, `.s.PGSQL.${options.port}`);
  let socket: ReturnType<typeof connect> | undefined;
  const open = () =>
    new Promise((resolve, reject) => {
      const opened = path.isAbsolute(options.host) ? connect(socketPath) : connect(target);
      opened.once('error', reject).once('connect', () => resolve(opened));
      socket = opened;
    });
  const settings = {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: 'utvag presence' },
    socket: open,
  };
  const sql = postgres({ ...options, ...settings });
  return { sql, letProcessEnd: () => socket?.unref(), keepProcess: () => socket?.ref() };
}
