import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { type Embedded, startEmbedded } from '../../../db/embedded.ts';
import { migrate } from '../../../db/migrate.ts';
import { atExit } from '../at-exit.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../db/migrations', import.meta.url));

/** A durable PostgreSQL of the bench's own, in a folder that goes with it: the same that `npm start` opens on that folder. */
export interface BenchDatabase {
  dataDir: string;
  options: Embedded['options'];
  /** One connection for the bench's own questions. */
  sql: postgres.Sql;
  /** Another database on the same server, migrated and empty. */
  addDatabase(name: string): Promise<Embedded['options']>;
  stop(): Promise<void>;
}

export async function openBenchDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'utvag-bench-'));
  const server = await startEmbedded({ dataDir: path.join(dataDir, 'postgres') });
  const { options } = server;
  const sql = postgres({ ...options, max: 1, onnotice: () => {} });
  const forget = atExit(() => {
    process.kill(server.pid, 'SIGQUIT');
    // Its processes write for a moment yet.
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  const stop = async () => {
    forget();
    await sql.end({ timeout: 5 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(options, MIGRATIONS);
    await mustBeDurable(sql);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    dataDir,
    options,
    sql,
    async addDatabase(name) {
      await sql.unsafe(`create database ${name}`);
      await migrate({ ...options, database: name }, MIGRATIONS);
      return { ...options, database: name };
    },
    stop,
  };
}

/** A figure from a database that may lose what it acknowledged is worth nothing. */
async function mustBeDurable(sql: postgres.Sql): Promise<void> {
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const [row] = await sql`select current_setting(${name}) as value`;
    if (row?.['value'] !== 'on') throw new Error(`the database is not durable: ${name} is not on`);
  }
}
