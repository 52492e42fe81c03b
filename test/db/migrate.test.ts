import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionOptions } from '../../db/embedded/join-server.ts';
import { migrate } from '../../db/migrate.ts';
import { createDatabase, databases } from '../support/postgres.ts';

const MIGRATE = new URL('../../db/migrate.ts', import.meta.url).href;
const FIRST = 'create table first (id int);\n--> statement-breakpoint\ninsert into first values (1);';

describe.each(databases)('migrations on %s', (kind) => {
  let dir = '';
  let options: ConnectionOptions;
  let sql: postgres.Sql;

  beforeEach(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'migrate-'));
    options = await createDatabase(kind, 'template1');
    sql = postgres({ ...options, max: 2, onnotice: () => undefined });
  });

  afterEach(async () => {
    await sql.end();
    rmSync(dir, { recursive: true, force: true });
  });

  const write = (name: string, content: string) => writeFileSync(path.join(dir, name), content);
  const run = () => migrate(options, dir);
  const tables = async () =>
    (await sql`select tablename from pg_tables where schemaname = 'public' order by 1`).map((row) => row['tablename']);

  test('are applied once, in the order of their names', async () => {
    write('0001_second.sql', 'alter table first add column word text');
    write('0000_first.sql', FIRST);
    expect(await run()).toEqual(['0000_first.sql', '0001_second.sql']);
    expect(await run()).toEqual([]);
    expect([...(await sql`select * from first`)]).toEqual([{ id: 1, word: null }]);
  });

  test('of a branch that is merged late are not skipped', async () => {
    write('0001_second.sql', FIRST);
    await run();
    write('0000_late.sql', 'create table late ()');
    expect(await run()).toEqual(['0000_late.sql']);
  });

  test('are done once when five processes start at the same time', async () => {
    write('0000_first.sql', `${FIRST} select pg_sleep(0.3);`);
    write('0001_index.sql', '-- no-transaction\ncreate index concurrently if not exists first_id on first (id);');
    const done = await Promise.all([1, 2, 3, 4, 5].map(() => migrateInProcess(options, dir)));
    expect(done.flat().sort()).toEqual(['0000_first.sql', '0001_index.sql']);
    expect([...(await sql`select * from first`)]).toEqual([{ id: 1 }]);
    expect([...(await sql`select indisvalid from pg_index where indexrelid = 'first_id'::regclass`)]).toEqual([
      { indisvalid: true },
    ]);
  });

  test('that were edited after they were applied are refused', async () => {
    write('0000_first.sql', FIRST);
    await run();
    write('0000_first.sql', `${FIRST} -- edited`);
    write('0001_second.sql', 'create table second ()');
    await expect(run()).rejects.toThrow(/^migration 0000_first.sql was edited after it was applied$/);
    expect(await tables()).toEqual(['first', 'schema_migrations']);
  });

  test('that came back from Windows with other line ends are the same', async () => {
    write('0000_first.sql', FIRST);
    await run();
    write('0000_first.sql', FIRST.replaceAll('\n', '\r\n'));
    expect(await run()).toEqual([]);
  });

  test('that fail leave nothing half done, keep what was before, and go on when repaired', async () => {
    write('0000_first.sql', FIRST);
    write('0001_bad.sql', 'create table second ();\n--> statement-breakpoint\ncreate table third (id nonsense);');
    await expect(run()).rejects.toThrow(
      /^migration 0001_bad.sql failed: type "nonsense" does not exist \(42704, line 3\)$/,
    );
    expect(await tables()).toEqual(['first', 'schema_migrations']);
    write('0001_bad.sql', 'create table second ()');
    expect(await run()).toEqual(['0001_bad.sql']);
  });

  test('that would commit in the middle of a file are refused', async () => {
    write('0000_first.sql', 'create table first ();\ncommit;\ncreate table second (id nonsense);');
    await expect(run()).rejects.toThrow('no-transaction');
    expect(await tables()).toEqual(['schema_migrations']);
  });

  test('of newer code than ours are left in peace', async () => {
    write('0000_first.sql', FIRST);
    write('0001_newer.sql', 'create table newer ()');
    await run();
    rmSync(path.join(dir, '0001_newer.sql'));
    expect(await run()).toEqual([]);
  });

  test('wait for another process no longer than they are told', async () => {
    write('0000_first.sql', FIRST);
    const holder = await sql.reserve();
    await holder`select pg_advisory_lock(7402113)`;
    await expect(migrate(options, dir, { waitMs: 150 })).rejects.toThrow(
      'another process has been migrating for 0.15 s',
    );
    await holder`select pg_advisory_unlock(7402113)`;
    holder.release();
    expect(await tables()).toEqual([]);
  });
});

async function migrateInProcess(options: ConnectionOptions, dir: string): Promise<string[]> {
  const script = `
    const { migrate } = await import(${JSON.stringify(MIGRATE)});
    console.log(JSON.stringify(await migrate(${JSON.stringify(options)}, ${JSON.stringify(dir)})));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout));
}
