import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';

type Migration = { name: string; text: string; sha256: string };

// One number per product; PostgreSQL's advisory locks are per database.
const MIGRATION_LOCK = 7_402_113;
const LOOK_AGAIN_MS = 100;

/**
 * Applies the `*.sql` files of `dir` that the database does not have, in the order of their names, and returns those names.
 * Each file is one transaction, unless its first line is `-- no-transaction`: then every statement must bear repeating.
 * Of several processes one migrates while the others wait, at most `waitMs`. A database ahead of the code is accepted.
 * Needs a direct connection: the lock is the session's. Every failure is an Error of one line.
 */
export async function migrate(
  target: postgres.Options<Record<string, never>> | string,
  dir: string,
  { waitMs = 120_000 }: { waitMs?: number } = {},
): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const sql = connectTo(target);
  const done: string[] = [];
  try {
    await takeLock(sql, waitMs);
    const applied = await readApplied(sql);
    for (const migration of migrations) {
      const sha256 = applied.get(migration.name);
      if (sha256 === undefined) done.push(await apply(sql, migration));
      else if (sha256 !== migration.sha256)
        throw new Error(`migration ${migration.name} was edited after it was applied`);
    }
    return done;
  } finally {
    // The end of the session frees the lock.
    await sql.end({ timeout: 5 });
  }
}

function connectTo(target: postgres.Options<Record<string, never>> | string): postgres.Sql {
  const settings = {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    connection: { application_name: 'utvag migrate', lock_timeout: 10_000, statement_timeout: 0 },
  };
  return typeof target === 'string' ? postgres(target, settings) : postgres({ ...target, ...settings });
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

// Polled: one that waits inside PostgreSQL holds a snapshot, and CREATE INDEX CONCURRENTLY deadlocks with it.
async function takeLock(sql: postgres.Sql, waitMs: number): Promise<void> {
  for (const until = Date.now() + waitMs; ; await sleep(LOOK_AGAIN_MS)) {
    const [row] = await sql`select pg_try_advisory_lock(${MIGRATION_LOCK}) as taken`;
    if (row?.['taken'] === true) return;
    if (Date.now() >= until) throw new Error(`another process has been migrating for ${waitMs / 1000} s`);
  }
}

async function readApplied(sql: postgres.Sql): Promise<Map<string, string>> {
  await sql`create table if not exists schema_migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now(), ms integer not null)`;
  const rows = await sql<{ name: string; sha256: string }[]>`select name, sha256 from schema_migrations`;
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

async function apply(sql: postgres.Sql, migration: Migration): Promise<string> {
  const { name, text, sha256 } = migration;
  const startedAtMs = performance.now();
  const record = (on: postgres.Sql | postgres.TransactionSql) =>
    on`insert into schema_migrations (name, sha256, ms) values (${name}, ${sha256}, ${Math.round(performance.now() - startedAtMs)})`;
  try {
    if (text.startsWith('-- no-transaction')) {
      for (const statement of text.split('--> statement-breakpoint')) await sql.unsafe(statement);
      await record(sql);
    } else {
      refuseCommit(text);
      await sql.begin(async (tx) => {
        await holdLock(tx);
        await tx.unsafe(text);
        await record(tx);
      });
    }
  } catch (error) {
    throw new Error(`migration ${name} failed: ${describe(error, text)}`, { cause: error });
  }
  return name;
}

// It would end our transaction in the middle of the file.
function refuseCommit(text: string): void {
  if (/^\s*(?:commit|rollback)\b/im.test(text))
    throw new Error('COMMIT and ROLLBACK need `-- no-transaction` on the first line');
}

// The client reconnects silently, and a new session does not have the lock: take it again, which the holder always can.
async function holdLock(tx: postgres.TransactionSql): Promise<void> {
  const [row] = await tx`select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as held`;
  if (row?.['held'] !== true) throw new Error('the connection was lost and another process migrates now');
}

function describe(error: unknown, text: string): string {
  if (!(error instanceof postgres.PostgresError)) return error instanceof Error ? error.message : String(error);
  const isWholeFile = error.query === text;
  const line =
    isWholeFile && error.position ? `, line ${text.slice(0, Number(error.position)).split('\n').length}` : '';
  return `${error.message} (${error.code}${line})`;
}
