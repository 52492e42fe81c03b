import { z } from 'zod';

/** Somebody who writes and reads over the channel's real routes. */
export interface Visitor {
  channel: 'web' | 'sms';
  write(text: string): Promise<void>;
  /** Everything automatic that has reached them, oldest first. A text message says nothing of who wrote it: all count. */
  received(): Promise<string[]>;
}

const Opened = z.object({ token: z.string(), conversationId: z.string() });
const Activities = z.object({
  activities: z.array(
    z.object({
      type: z.string(),
      text: z.string().default(''),
      from: z.object({ role: z.string().optional() }).optional(),
      channelData: z.object({ utvag: z.object({ author: z.string() }).optional() }).optional(),
    }),
  ),
});
const Phone = z.object({ messages: z.array(z.object({ text: z.string(), direction: z.enum(['in', 'out']) })) });

/** A young person on the web, over Direct Line. `threadId` is the conversation's id. */
export async function openChat(url: string): Promise<Visitor & { threadId: string }> {
  const base = `${url}/v3/directline`;
  const { token, conversationId } = await ask(Opened, `${base}/tokens/generate`, { method: 'POST', body: '{}' });
  const activities = `${base}/conversations/${conversationId}/activities`;
  const headers = { authorization: `Bearer ${token}` };
  let sent = 0;
  return {
    channel: 'web',
    threadId: conversationId,
    async write(text) {
      const channelData = { clientActivityID: `eval-${++sent}` };
      const body = JSON.stringify({ type: 'message', text, from: { id: 'me' }, channelData });
      await ask(z.unknown(), activities, { method: 'POST', headers, body });
    },
    async received() {
      const page = await ask(Activities, activities, { headers });
      return page.activities
        .filter((a) => a.type === 'message' && a.from?.role !== 'user' && a.channelData?.utvag?.author !== 'worker')
        .map((a) => a.text);
    },
  };
}

/** A relative's phone, through the simulated vendor. */
export function openPhone(url: string, number: string): Visitor {
  return {
    channel: 'sms',
    async write(text) {
      await ask(Phone, `${url}/dev/phone`, { method: 'POST', body: JSON.stringify({ from: number, text }) });
    },
    async received() {
      const page = await ask(Phone, `${url}/dev/phone?number=${encodeURIComponent(number)}`, {});
      return page.messages.filter((m) => m.direction === 'out').map((m) => m.text);
    },
  };
}

/** @throws Error with the route's status when the house refuses; bodies are not repeated. */
export async function ask<S extends z.ZodType>(schema: S, url: string, init: RequestInit): Promise<z.infer<S>> {
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${new URL(url).pathname} was answered ${response.status}`);
  return schema.parse(await response.json());
}
