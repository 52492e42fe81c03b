import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import type { Embedded } from '../../../db/embedded.ts';
import { ANSWERS, META, REPLY, STATE, sealedBytes, VISITOR_TEXT } from '../load/storage-rows.ts';
import { onPath } from '../on-path.ts';
import { PROCESSOR, pinnedCommand } from '../start-child.ts';

const run = promisify(execFile);
/** Debian's own folders first: what it puts in `PATH` is a wrapper script. */
const FOLDERS = [18, 17, 16, 15].map((major) => `/usr/lib/postgresql/${major}/bin`);
const MOST_CLIENTS = 64;

export interface Pgbench {
  /** Turns a second with so many clients. */
  turns(clients: number, seconds: number): Promise<number>;
  stop(): Promise<void>;
}

/** PostgreSQL's own load program with a turn in its best form, on a migrated database of its own; null where it is not installed. */
export async function openPgbench(server: Embedded['options']): Promise<Pgbench | null> {
  const program = onPath('pgbench', FOLDERS);
  if (!program) return null;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'utvag-pgbench-'));
  const script = path.join(folder, 'turn.sql');
  writeFileSync(script, TURN.replaceAll(/\s*\n\s*/g, ' '));
  await prepare(server);
  const { host, port, username, database, password = '' } = server;
  const where = ['-h', host, '-p', String(port), '-U', username];
  return {
    async turns(clients, seconds) {
      const size = ['-c', String(clients), '-j', '1', '-T', String(seconds)];
      const args = ['-n', '-M', 'prepared', ...size, '-f', script, ...where, database];
      const { command, prefix } = pinnedCommand(program, PROCESSOR.load);
      const env = { ...process.env, PGPASSWORD: password };
      const { stdout } = await run(command, [...prefix, ...args], { env, timeout: seconds * 1_000 + 30_000 });
      const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
      if (!rate || !/failed transactions: 0 /.test(stdout)) throw new Error('pgbench did not go through');
      return Number(rate);
    },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A conversation for each client, so that none waits for another's row, as with us. */
async function prepare(server: Embedded['options']): Promise<void> {
  const sql = postgres({ ...server, max: 1, onnotice: () => {} });
  try {
    await sql`insert into district (slug, name) values ('staden', 'Staden') on conflict do nothing`;
    await sql`insert into conversation (id, thread_id, channel, wrapped_key, master_key_id)
      select 'cnv_' || n, 'cnv_' || n, 'web', ${Buffer.alloc(61)}, 'bench' from generate_series(0, ${MOST_CLIENTS - 1}::int) n`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const body = (text: string) => `decode('${Buffer.alloc(sealedBytes(text), 7).toString('hex')}', 'hex')`;
const json = (value: unknown) => `'${JSON.stringify(value)}'::jsonb`;

/** One round trip, one commit: the conversation, both messages, both events. */
const TURN = `
  with c as (
    update conversation set last_seq = last_seq + 2, last_at = now(), last_visitor_at = now(), language = 'sv',
      state = ${json(STATE)}, turn_attempts = 0
    where id = 'cnv_' || :client_id returning id, last_seq, district, version
  ), m as (
    insert into message
      (conversation_id, seq, author, body, language, channel, external_id, answers, meta, handled_at, at)
    select id, last_seq - 1, 'visitor', ${body(VISITOR_TEXT)}, 'sv', 'web', id || md5(last_seq::text), null::jsonb,
      '{}'::jsonb, now(), now() from c
    union all
    select id, last_seq, 'bot', ${body(REPLY)}, 'sv', 'web', null, ${json(ANSWERS)}, ${json(META)}, now(), now() from c
  )
  insert into event (conversation_id, district, kind, seq, version, at)
    select id, district, 'message', last_seq - back, version, now() from c, (values (1), (0)) as t(back);
`;
