import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { onPath } from './on-path.ts';

/** What is measured runs on one processor and what measures it on the other, so that neither slows the other down. */
export const PROCESSOR = { server: 0, load: 1 } as const;

/** A process of ours that answers questions, one at a time. */
export interface Child {
  ask(question: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

const Told = z.union([z.object({ answer: z.unknown() }), z.object({ failure: z.string() })]);
const STOP_WITHIN_MS = 5_000;

/** Starts a Node program of the bench and waits for its first word, which is what `ready` gets. */
export async function startChild<T>(
  file: URL,
  processor: number,
  ready: z.ZodType<T>,
  args: readonly string[] = [],
): Promise<Child & { first: T }> {
  const { command, prefix } = pinned(processor);
  const child = spawn(command, [...prefix, file.pathname, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const stop = () => endProcess(child);
  try {
    const first = ready.parse(await next(child));
    return { first, stop, ask: (question) => ask(child, question) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ask(child: ChildProcess, question: unknown): Promise<unknown> {
  const answer = next(child);
  child.send({ question });
  return answer;
}

async function next(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const message = once(child, 'message', { signal }).then(([said]) => Told.parse(said));
    const end = once(child, 'exit', { signal }).then(([code]) => ({ failure: `a process ended early (${code})` }));
    const told = await Promise.race([message, end.catch(() => message)]);
    if ('failure' in told) throw new Error(told.failure);
    return told.answer;
  } finally {
    over.abort();
  }
}

/** Ends one process by its id: politely, then at once. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = new AbortController();
  const deadline = sleep(STOP_WITHIN_MS, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  await gone;
  late.abort();
  await deadline;
}

/** The command that runs Node on one processor, where `taskset` and a second processor are there. */
export const pinned = (processor: number) => pinnedCommand(process.execPath, processor);

/** The same for another program. */
export function pinnedCommand(program: string, processor: number): { command: string; prefix: string[] } {
  const taskset = os.availableParallelism() < 2 ? null : onPath('taskset');
  return taskset ? { command: taskset, prefix: ['-c', String(processor), program] } : { command: program, prefix: [] };
}
