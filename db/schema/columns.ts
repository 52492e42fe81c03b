import { sql } from 'drizzle-orm';
import { customType, timestamp } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';

/** Millisecond precision, so that a JavaScript Date loses nothing and keyset paging is exact (DATA §5). */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
export const createdAt = (name = 'created_at') => instant(name).notNull().default(sql`now()`);

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
/** A transaction id, as text; orders a global feed by commit (DATA §4). */
export const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** A prefixed, time-ordered, URL-safe id: `cnv_` + 32 hex digits of a UUIDv7. */
export const newId = (prefix: string): string => `${prefix}_${uuidv7().replaceAll('-', '')}`;
