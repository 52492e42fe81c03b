import { type ExtractTablesWithRelations, sql } from 'drizzle-orm';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

export type ConnectionOptions = postgres.Options<Record<string, never>>;
type Schema = Record<string, never>;
export type Db = PostgresJsDatabase<Schema>;
export type Tx = PgTransaction<PostgresJsQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;
/** Either: a read does not care whether it runs inside a transaction. */
export type Reader = Db | Tx;

export interface Database {
  db: Db;
  connection: string | ConnectionOptions;
  /** @returns within `timeoutMs`; false when the database does not answer. */
  ping(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** One pool for drizzle alone: drizzle changes its client's parsers, so raw SQL gets a connection of its own (DATA §2). */
export function openDatabase(connection: string | ConnectionOptions, poolSize = 12): Database {
  const options: ConnectionOptions = { max: poolSize, idle_timeout: 0, onnotice: () => {}, connect_timeout: 10 };
  const client = connect(connection, options);
  const db = drizzle({ client });
  return {
    db,
    connection,
    async ping(timeoutMs) {
      const answer = db.execute(sql`select 1`).then(
        () => true,
        () => false,
      );
      return Promise.race([answer, new Promise<boolean>((r) => setTimeout(r, timeoutMs, false).unref())]);
    },
    close: () => client.end({ timeout: 5 }),
  };
}

export const connect = (connection: string | ConnectionOptions, options: ConnectionOptions): postgres.Sql =>
  typeof connection === 'string' ? postgres(connection, options) : postgres({ ...connection, ...options });
