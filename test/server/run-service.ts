import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from '../support/until.ts';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));

/** `node src/server/main.ts` as somebody starts it: an environment of its own and nothing of ours but the path. */
export interface Service {
  url: string;
  child: ChildProcess;
  out(): string;
  err(): string;
  /** Waits until `/readyz` says so. */
  ready(): Promise<void>;
  /** The exit code, or the signal that ended it, and how long it took from now. */
  ended(): Promise<{ code: number | string | null; ms: number }>;
}

/** Ends a test that hangs; nobody is promised that a start takes no longer than this. */
export const LIMIT_MS = 300_000;

const started = new Set<ChildProcess>();

export function runService(env: Record<string, string>): Service {
  const kept = Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child = spawn(process.execPath, [MAIN], { env: { ...kept, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  child.stderr.on('data', (bytes) => (err += bytes));
  const closed = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  const url = `http://127.0.0.1:${env['PORT'] ?? 3000}`;
  return {
    url,
    child,
    out: () => out,
    err: () => err,
    async ready() {
      const answers = () =>
        fetch(`${url}/readyz`).then(
          (r) => r.status === 200,
          () => false,
        );
      await until(async () => child.exitCode !== null || (await answers()), LIMIT_MS);
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${err}`);
    },
    async ended() {
      const from = performance.now();
      const code = await closed;
      started.delete(child);
      return { code, ms: performance.now() - from };
    },
  };
}

/** Ends what a failed test has left running. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
}
