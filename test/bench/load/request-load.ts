import { z } from 'zod';
import { answerQuestions } from '../answer-questions.ts';
import { openConnection } from './connection.ts';
import { drive } from './drive.ts';

/** A process that sends requests over keep-alive connections, one at a time each, going round the given ones. */
export const RequestLoad = z.object({
  port: z.number(),
  path: z.string(),
  requests: z.array(z.string()).min(1),
  connections: z.number().max(256),
  warmMs: z.number().max(10_000),
  measureMs: z.number().max(60_000),
});
export type RequestLoad = z.infer<typeof RequestLoad>;

if (import.meta.main) answerQuestions('ready', (question) => load(RequestLoad.parse(question)));

async function load({ port, requests, connections, warmMs, measureMs }: RequestLoad) {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  let next = 0;
  const once = async (slot: number) => {
    next = (next + 1) % requests.length;
    const answer = await open[slot]?.send(requests[next] ?? '');
    if (answer?.status !== 200) throw new Error(`a request under load was answered ${answer?.status}`);
  };
  try {
    return await drive({ inFlight: connections, warmMs, measureMs, once });
  } finally {
    for (const connection of open) connection.close();
  }
}
