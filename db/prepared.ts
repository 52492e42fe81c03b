import { type Column, getTableColumns, is, Param, Placeholder, type SQL, sql, type Table } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Db, Reader } from './client.ts';

interface Written<R> {
  execute(): Promise<R>;
}
type Unwritten<R> = { prepare(name: string): Written<R> };
type Values = Readonly<Record<string, unknown>>;
/** For each column of a row, its placeholder. */
type Placed<T extends Table> = { [K in keyof T['$inferInsert']]: SQL };

/**
 * A query that is written once, at its first use: drizzle takes longer to write a statement than the database to run it, so what
 * every message asks is not written anew for each. `given('x', column)` stands where `values.x` goes.
 * @throws when it is run without a value for one.
 */
export function prepared<R>(write: (db: Db) => Unwritten<R>): (on: Reader, values: Values) => Promise<R> {
  let written: Written<R> | undefined;
  return (on, values) => {
    written ??= write(drizzle.mock()).prepare('written');
    return bound(written, on, values).execute();
  };
}

/** The same for a query that is given a row's columns: written once for each choice of columns. `values` are for other placeholders. */
export function preparedFor<T extends Table, R>(
  table: T,
  write: (db: Db, row: Placed<T>) => Unwritten<R>,
): (on: Reader, row: Partial<T['$inferInsert']>, values?: Values) => Promise<R> {
  const written = new Map<string, (on: Reader, values: Values) => Promise<R>>();
  return (on, row, values = {}) => {
    const names = Object.keys(row);
    const shape = names.join();
    const known = written.get(shape) ?? prepared((db) => write(db, placed(table, names)));
    written.set(shape, known);
    return known(on, { ...row, ...values });
  };
}

/** A value that is given when the query runs, as the column keeps it. */
export const given = (name: string, column: Column) => sql.param(sql.placeholder(name), column);

function placed<T extends Table>(table: T, names: readonly string[]): Placed<T> {
  const columns = getTableColumns(table);
  const row = Object.entries(columns).filter(([name]) => names.includes(name));
  return Object.fromEntries(row.map(([name, column]) => [name, sql`${given(name, column)}`])) as Placed<T>;
}

/** drizzle keeps a written query for one connection; this one is lent to whichever asks. */
function bound<R>(written: Written<R>, on: Reader, values: Values): Written<R> {
  const params: unknown = Reflect.get(written, 'params');
  const client: unknown = Reflect.get(on._.session, 'client');
  if (!Array.isArray(params) || !client) throw new Error('drizzle keeps written queries in another way');
  const filled = params.map((param) => boundValue(param, values));
  return Object.create(written, { client: { value: client }, params: { value: filled } });
}

function boundValue(param: unknown, values: Values): unknown {
  const placeholder = is(param, Param) ? param.value : param;
  if (!is(placeholder, Placeholder)) return param;
  if (!(placeholder.name in values)) throw new Error(`no value for ${placeholder.name}`);
  const value = values[placeholder.name] ?? null;
  // A null is SQL's own, whatever the column's type would make of it.
  return value === null || !is(param, Param) ? value : param.encoder.mapToDriverValue(value);
}
