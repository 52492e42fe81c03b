import { z } from 'zod';
import type { Door } from '../auth/door.ts';
import type { DevSignIn } from '../auth/staff-sign-in.ts';
import { readJson } from '../body.ts';
import { Problem } from '../problem.ts';

export interface DevDeps {
  signIn: DevSignIn;
  isWorker(id: string): Promise<boolean>;
}

const Body = z.object({ worker: z.string().min(1).max(60) });

/** Developer sign-in; the guard of `dev` routes answers 404 anywhere but on a developer's own machine. */
export function devRoutes(door: Door, deps: DevDeps): void {
  door.on('dev', 'post', '/dev/sign-in', async (c) => {
    const { worker } = await readJson(c, Body);
    if (!(await deps.isWorker(worker))) throw new Problem(404, 'There is no such worker.');
    return c.json({ token: await deps.signIn.issue(worker) });
  });
}
