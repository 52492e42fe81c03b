import { z } from 'zod';
import { onPath } from '../on-path.ts';
import { type Child, PROCESSOR, startChild } from '../start-child.ts';
import type { Driven } from './drive.ts';
import type { RequestLoad } from './request-load.ts';
import { wrk } from './wrk.ts';

export const DrivenShape = z.object({
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  busy: z.number(),
}) satisfies z.ZodType<Driven>;

export interface RequestLoader {
  tool: string;
  load(question: RequestLoad): Promise<Driven>;
  stop(): Promise<void>;
}

/** `wrk` where it is installed, else a process of our own. */
export async function startRequestLoader(): Promise<RequestLoader> {
  const program = onPath('wrk');
  if (program) return { tool: 'wrk', load: (question) => wrk(program, question), stop: async () => {} };
  const child = await startLoad('request-load');
  const load = async (question: RequestLoad) => DrivenShape.parse(await child.ask(question));
  return { tool: 'our own load process on raw sockets', load, stop: child.stop };
}

export function startLoad(
  name: 'request-load' | 'turn-load' | 'storage-load',
  args: readonly string[] = [],
): Promise<Child> {
  return startChild(new URL(`./${name}.ts`, import.meta.url), PROCESSOR.load, z.unknown(), args);
}
