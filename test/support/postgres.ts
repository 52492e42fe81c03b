import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { ConnectionOptions } from '../../db/embedded/join-server.ts';

/** `embedded` is the PostgreSQL we bring, `system` Debian's 15, the oldest we support. */
export type DatabaseKind = 'embedded' | 'system';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { embedded: ConnectionOptions; system: ConnectionOptions | null };
  }
}

/** The name of the migrated database that every test file gets a copy of. */
export const TEMPLATE = 'tmpl';

/** The kinds this run tests on: `describe.each(databases)('on %s', (kind) => …)`. */
export const databases: DatabaseKind[] = inject('postgres').system ? ['embedded', 'system'] : ['embedded'];

/**
 * A database of one's own, migrated and without rows, for `postgres(options)`; with `template1` one without tables.
 * Nobody need drop it: the server goes with the run.
 */
export async function createDatabase(kind: DatabaseKind, template = TEMPLATE): Promise<ConnectionOptions> {
  const server = inject('postgres')[kind];
  if (!server) throw new Error(`this run has no ${kind} database`);
  const database = `t_${randomBytes(8).toString('hex')}`;
  const sql = postgres({ ...server, max: 1, fetch_types: false });
  try {
    await sql.unsafe(`create database ${database} template ${template}`);
  } finally {
    await sql.end();
  }
  return { ...server, database };
}
