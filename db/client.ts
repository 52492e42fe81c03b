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

/**
 * One pool for drizzle alone: drizzle changes its client's parsers, so raw SQL gets a connection of its own (DATA §2).
 * @param options `prepare`: off behind a pooler that hands each transaction another session.
 */
export function openDatabase(
  connection: string | ConnectionOptions,
  { poolSize = 12, prepare = true }: { poolSize?: number; prepare?: boolean } = {},
): Database {
  const options: ConnectionOptions = { max: poolSize, idle_timeout: 0, onnotice: () => {}, connect_timeout: 10 };
  // Whoever hangs inside a transaction lets go of its row locks; a pooler would not take the setting.
  const letGo = prepare ? { connection: { idle_in_transaction_session_timeout: 15_000 } } : {};
  const plain = connect(connection, { ...options, ...letGo });
  const client = prepare ? preparing(plain) : plain;
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

/**
 * Work whose statements go out together on one transaction's connection: one round trip instead of one each, answered in the
 * order in which they were begun. All has ended before one's failure is told, so nothing runs on after the rollback.
 */
export async function together<const T extends readonly unknown[]>(
  ...work: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

export const connect = (connection: string | ConnectionOptions, options: ConnectionOptions): postgres.Sql =>
  typeof connection === 'string' ? postgres(connection, options) : postgres({ ...connection, ...options });

/**
 * drizzle asks for unprepared statements, which cost postgres.js a second round trip and the server a parse and a plan each
 * time; here each is prepared under its text, once a connection.
 */
const preparing = (client: postgres.Sql): postgres.Sql =>
  new Proxy(client, {
    get(target, key) {
      if (key === 'unsafe') return preparedBy(target);
      if (key === 'begin') return (work: Work) => target.begin((tx) => work(preparingTransaction(tx)));
      return Reflect.get(target, key);
    },
  });

type Work = (tx: postgres.TransactionSql) => Promise<unknown>;

const preparingTransaction = (tx: postgres.TransactionSql): postgres.TransactionSql =>
  new Proxy(tx, { get: (target, key) => (key === 'unsafe' ? preparedBy(target) : Reflect.get(target, key)) });

const preparedBy =
  (client: postgres.Sql | postgres.TransactionSql) =>
  (query: string, args: postgres.ParameterOrJSON<never>[] = []) =>
    client.unsafe(query, args, { prepare: args.length > 0 });
