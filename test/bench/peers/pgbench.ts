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
  /** Turns a second with so many clients: in one commit, or in the two that whoever acknowledges before answering must make. */
  turns(form: 'one commit' | 'two commits', clients: number, seconds: number): Promise<number>;
  stop(): Promise<void>;
}

/** PostgreSQL's own load program with a turn in its best form, on a migrated database of its own; null where it is not installed. */
export async function openPgbench(server: Embedded['options']): Promise<Pgbench | null> {
  const program = onPath('pgbench', FOLDERS);
  if (!program) return null;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'utvag-pgbench-'));
  for (const [form, statements] of Object.entries(SCRIPTS))
    writeFileSync(path.join(folder, form), statements.map((s) => s.replaceAll(/\s*\n\s*/g, ' ').trim()).join('\n'));
  await prepare(server);
  const { host, port, username, database, password = '' } = server;
  const where = ['-h', host, '-p', String(port), '-U', username];
  return {
    async turns(form, clients, seconds) {
      const size = ['-c', String(clients), '-j', '1', '-T', String(seconds)];
      const args = ['-n', '-M', 'prepared', ...size, '-f', path.join(folder, form), ...where, database];
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
/** pgbench takes a colon before a letter for one of its variables, also inside a string. */
const json = (value: unknown) =>
  `'${JSON.stringify(value)
    .replaceAll('":', '": ')
    .replaceAll(/:(?=\w)/g, '\\u003a')}'::jsonb`;

const COLUMNS = '(conversation_id, seq, author, body, language, channel, external_id, answers, meta, handled_at, at)';
const VISITOR = (seq: string, handled: string) =>
  `select id, ${seq}, 'visitor', ${body(VISITOR_TEXT)}, 'sv', 'web', id || md5((${seq})::text), null::jsonb, '{}'::jsonb,
    ${handled}::timestamptz, now() from c`;
const BOT = `select id, last_seq, 'bot', ${body(REPLY)}, 'sv', 'web', null, ${json(ANSWERS)}, ${json(META)}, now(), now() from c`;
const EVENT = 'insert into event (conversation_id, district, kind, seq, version, at)';

const SCRIPTS = {
  /** One round trip, one commit: the conversation, both messages, both events. */
  'one commit': [
    `with c as (
      update conversation set last_seq = last_seq + 2, last_at = now(), last_visitor_at = now(), language = 'sv',
        state = ${json(STATE)}, turn_attempts = 0
      where id = 'cnv_' || :client_id returning id, last_seq, district, version
    ), m as (insert into message ${COLUMNS} ${VISITOR('last_seq - 1', 'now()')} union all ${BOT})
    ${EVENT} select id, district, 'message', last_seq - back, version, now() from c, (values (1), (0)) as t(back);`,
  ],
  /** The message and that a turn is due; then the answer. Still no lease, no owner check, no second process. */
  'two commits': [
    `with c as (
      update conversation set last_seq = last_seq + 1, last_at = now(), last_visitor_at = now(), turn_due_at = now()
      where id = 'cnv_' || :client_id returning id, last_seq, district, version
    ), m as (insert into message ${COLUMNS} ${VISITOR('last_seq', 'null')})
    ${EVENT} select id, district, 'message', last_seq, version, now() from c;`,
    `with c as (
      update conversation set last_seq = last_seq + 1, last_at = now(), language = 'sv', state = ${json(STATE)},
        turn_due_at = null, turn_attempts = 0
      where id = 'cnv_' || :client_id returning id, last_seq, district, version
    ), h as (
      update message set handled_at = now() from c where conversation_id = c.id and seq = c.last_seq - 1
    ), m as (insert into message ${COLUMNS} ${BOT})
    ${EVENT} select id, district, 'message', last_seq, version, now() from c;`,
  ],
};
