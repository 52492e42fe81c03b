import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findPostmaster } from '../../db/embedded/postmaster.ts';
import { type Embedded, startEmbedded } from '../../db/embedded.ts';

const EMBEDDED = new URL('../../db/embedded.ts', import.meta.url).href;
const FLAGS = ['-c', 'fsync=off'];
const isRoot = process.geteuid?.() === 0;
const TMPDIR = process.env['TMPDIR'];
let children: ChildProcess[] = [];
let folder = '';
let dataDir = '';
let made = '';

// Making a database takes a second, so those that are not about that begin with a copy of one. Sockets go to `made` too.
beforeAll(async () => {
  made = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  chmodSync(made, 0o1777);
  process.env['TMPDIR'] = made;
  dataDir = path.join(made, 'db');
  await (await start()).stop();
});

afterAll(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(made, { recursive: true, force: true });
});

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  dataDir = path.join(folder, 'db');
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  const left = findPostmaster(dataDir);
  if (left) await killAndWait(left.pid, 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true });
});

describe('an embedded database', () => {
  test('is made on the first start, opened on the second, and sorts as Swedish does', async () => {
    const lines: string[] = [];
    const first = await start((line) => lines.push(line));
    await query(first, `create table seen (word text); insert into seen values ('ö'), ('ä'), ('å'), ('z'), ('a')`);
    await first.stop();
    expect(findPostmaster(dataDir)).toBeUndefined();

    const second = await start((line) => lines.push(line));
    expect(await query(second, 'select word from seen order by word')).toEqual(words('a', 'z', 'å', 'ä', 'ö'));
    await second.stop();
    expect([first.adopted, second.adopted]).toEqual([false, false]);
    expect(lines).toEqual([
      `database created in ${dataDir}`,
      `database started in ${dataDir}`,
      `database started in ${dataDir}`,
    ]);
  });

  test('listens on a socket that only its user can reach, and on no port', async () => {
    const server = await startCopy();
    expect(statSync(server.options.host).mode & 0o777).toBe(0o700);
    expect(await query(server, `select setting as word from pg_settings where name = 'listen_addresses'`)).toEqual(
      words(''),
    );
    await server.stop();
  });

  test('outlives a kill -9 of its process, and the next start adopts it with what was committed', async () => {
    const child = startChild(`await server.sql\`create table kept as select 'here' as word\``);
    const { pid } = await child.result;
    child.process.kill('SIGKILL');
    await once(child.process, 'exit');

    const next = await start();
    expect([next.adopted, next.pid]).toEqual([true, pid]);
    expect(await query(next, 'select word from kept')).toEqual(words('here'));
    await next.stop();
    expect(findPostmaster(dataDir)).toBeUndefined();
  });

  test('starts again after a kill -9 of its own, with what was committed', async () => {
    const first = await startCopy();
    await query(first, `create table kept as select 'here' as word`);
    await killAndWait(first.pid, 'SIGKILL');

    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await query(next, 'select word from kept')).toEqual(words('here'));
    await Promise.all([next.stop(), first.stop()]);
    expect(findPostmaster(dataDir)).toBeUndefined();
  });

  test('started for the first time by three processes at once is made once and serves all', async () => {
    const results = await Promise.all([1, 2, 3].map(() => startChild().result));
    expect(new Set(results.map((result) => result.pid)).size).toBe(1);
    expect(results.filter((result) => !result.adopted)).toHaveLength(1);
  });

  test('keeps running while another process uses it, and the last one stops it', async () => {
    const first = await startCopy();
    const second = await start();
    expect(second.adopted).toBe(true);
    await first.stop();
    expect(await query(second, `select 'still here' as word`)).toEqual(words('still here'));
    await second.stop();
    expect(findPostmaster(dataDir)).toBeUndefined();
  });

  test('keeps running while somebody is connected to it', async () => {
    const server = await startCopy();
    const somebody = postgres({ ...server.options, max: 1 });
    await somebody`select`;
    await server.stop();
    expect(await somebody`select 'still here' as word`).toEqual(words('still here'));
    await somebody.end();
  });

  test('of two that stop at once is stopped, and a third that starts meanwhile is served', async () => {
    const [first, second] = [await startCopy(), await start()];
    const [third] = await Promise.all([start(), first.stop(), second.stop()]);
    expect(await query(third, `select 'served' as word`)).toEqual(words('served'));
    await third.stop();
    expect(findPostmaster(dataDir)).toBeUndefined();
  });

  test('does not keep alive a process that forgets to stop it', async () => {
    await (await startCopy()).stop();
    const child = startChild('await server.sql.end()', 'leave');
    await child.result;
    expect(await once(child.process, 'exit')).toEqual([0, null]);
  });

  test('is not fooled by a lock file whose process id is now another program', async () => {
    const first = await startCopy();
    const lock = path.join(dataDir, 'postmaster.pid');
    const content = readFileSync(lock, 'utf8');
    await first.stop();
    // PostgreSQL overlooks its parent's id, so it has to be a process apart from us.
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    children.push(other);
    writeFileSync(lock, content.replace(/^\d+/, String(other.pid)), { mode: 0o600 });

    const next = await start();
    expect(next.adopted).toBe(false);
    await next.stop();
  });

  test('keeps statements, values and secrets out of its log and its environment', async () => {
    const server = await startCopy();
    await query(server, `create table person (phone text primary key); insert into person values ('0701740605')`);
    await expect(query(server, `insert into person values ('0701740605')`)).rejects.toThrow('duplicate');
    await expect(query(server, `select '0701740605'::uuid`)).rejects.toThrow('invalid input');
    expect(readFileSync(path.join(dataDir, 'server.log'), 'utf8')).not.toContain('0701740605');
    if (process.platform === 'linux') {
      const names = readFileSync(`/proc/${server.pid}/environ`, 'utf8')
        .split('\0')
        .map((entry) => entry.split('=')[0]);
      expect(names).not.toContain('HOME');
    }
    await server.stop();
  });
});

describe('an embedded database says in one line why it does not start', () => {
  test('when another major version wrote the folder', async () => {
    await (await startCopy()).stop();
    writeFileSync(path.join(dataDir, 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/^.* was written by PostgreSQL 17, ours is 18: .*DATABASE_URL$/);
  });

  test('when the folder holds something else', async () => {
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, 'diary.txt'), 'mine');
    await expect(start()).rejects.toThrow(/^.* is neither empty nor a database: .*$/);
    expect(readFileSync(path.join(dataDir, 'diary.txt'), 'utf8')).toBe('mine');
  });

  test('when the server refuses its settings', async () => {
    await expect(startEmbedded({ dataDir, flags: ['-c', 'max_connections=none'] })).rejects.toThrow(
      /^the embedded database does not start: .*max_connections.*$/,
    );
  });

  test('when somebody else could read the folder of its socket', async () => {
    const server = await startCopy();
    await server.stop();
    chmodSync(server.options.host, 0o755);
    await expect(start()).rejects.toThrow(/^.* is not a folder of ours alone: .*$/);
  });
});

describe.runIf(isRoot && process.platform === 'linux')('an embedded database of root', () => {
  const reachable = openToOthers(import.meta.dirname);

  // A checkout in a folder of root's alone has no programs that another uid could run.
  test.skipIf(!reachable)(
    'runs as another user where user namespaces are refused, and again where they are not',
    async () => {
      chmodSync(folder, 0o755);
      const child = startChild('', 'stop', { PATH: '/nowhere' });
      await child.result;
      await once(child.process, 'exit');
      expect(statSync(dataDir).uid).not.toBe(0);
      await (await start()).stop();
    },
  );

  test.skipIf(!reachable)('runs for a uid that has no entry in /etc/passwd', async () => {
    chownSync(folder, 54_321, 54_321);
    const child = startChild('', 'stop', {}, 54_321);
    await child.result;
    expect(await once(child.process, 'exit')).toEqual([0, null]);
    expect(statSync(dataDir).uid).toBe(54_321);
  });
});

function openToOthers(folder: string): boolean {
  const above = path.dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || openToOthers(above));
}

function startCopy(): Promise<Embedded> {
  cpSync(path.join(made, 'db'), dataDir, { recursive: true });
  return start();
}

function start(log?: (line: string) => void): Promise<Embedded> {
  return startEmbedded({ dataDir, flags: FLAGS, ...(log ? { log } : {}) });
}

async function query(server: Embedded, text: string): Promise<unknown> {
  const sql = postgres({ ...server.options, max: 1 });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

const words = (...expected: string[]) => expected.map((word) => ({ word }));

/** A process that starts the same database, runs `work` and says who serves; then it waits, stops the server or just ends. */
function startChild(
  work = '',
  then: 'wait' | 'stop' | 'leave' = 'wait',
  env: Record<string, string> = {},
  uid = process.geteuid?.() ?? 0,
) {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(EMBEDDED)});
    const { default: postgres } = await import(${JSON.stringify(import.meta.resolve('postgres'))});
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, flags: ${JSON.stringify(FLAGS)} });
    server.sql = postgres({ ...server.options, max: 1 });
    ${work}
    process.stdout.write(JSON.stringify({ pid: server.pid, adopted: server.adopted}) + '\\n');
    ${{ wait: 'setInterval(() => undefined, 1000);', stop: 'await server.sql.end(); await server.stop();', leave: '' }[then]}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    uid,
  });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const result = new Promise<{ pid: number; adopted: boolean }>((resolve, reject) => {
    child.stdout.once('data', (chunk) => {
      resolve(JSON.parse(String(chunk)));
    });
    child.once('exit', () => reject(new Error(`the child ended: ${stderr}`)));
  });
  return { process: child, result };
}

async function killAndWait(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  await expect.poll(() => findPostmaster(dataDir)?.pid, { timeout: 10_000 }).not.toBe(pid);
}
