import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface AtRate {
  p50Ms: number;
  p99Ms: number;
  /** Answers that were not 204. */
  refused: number;
}

/**
 * Sends each post at its time, `perSecond` of them a second, whether the ones before are answered or not, over kept connections.
 * @param warmUp how many of the first are sent and not counted: a server's first second is its start, not its rate.
 */
export async function sendAtRate(posts: readonly Post[], perSecond: number, warmUp: number): Promise<AtRate> {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const took: number[] = [];
  let refused = 0;
  const began = performance.now();
  const under = posts.map(async (post, n) => {
    const dueMs = began + (n * 1_000) / perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    const from = performance.now();
    const status = await send(post, agent);
    if (n >= warmUp) took.push(performance.now() - from);
    if (status !== 204) refused += 1;
  });
  await Promise.all(under);
  agent.destroy();
  took.sort((a, b) => a - b);
  return { p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99), refused };
}

const send = ({ url, headers, body }: Post, agent: Agent): Promise<number> =>
  new Promise((resolve) => {
    const asked = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    asked.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)));
    asked.on('error', () => resolve(0));
    asked.end(body);
  });
