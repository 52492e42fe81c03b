import { z } from 'zod';
import type { Webchat } from './start-webchat.ts';

const Activity = z.looseObject({
  id: z.string(),
  type: z.string(),
  text: z.string().optional(),
  value: z.unknown().optional(),
  channelData: z.unknown().optional(),
});
const Body = z.looseObject({
  id: z.string().optional(),
  token: z.string().optional(),
  conversationId: z.string().optional(),
  streamUrl: z.string().optional(),
  watermark: z.string().default(''),
  activities: z.array(Activity).default([]),
});

/** A visitor with a token of their own, speaking plain HTTP. */
export async function visit(chat: Webchat) {
  const opened = await request(chat, 'POST', '/tokens/generate', undefined, '');
  const { token = '', conversationId: id = '' } = opened.body;
  const path = `/conversations/${id}`;
  const call = (method: string, to: string, body?: unknown, bearer = token) => request(chat, method, to, body, bearer);
  return {
    ...{ id, token, path, call },
    user: z.object({ user: z.string() }).parse(JSON.parse(atob(token.split('.')[1] ?? ''))).user,
    say: (activity: unknown) => call('POST', `${path}/activities`, activity),
    read: async (watermark = '') => (await call('GET', `${path}/activities?watermark=${watermark}`)).body,
    async ticket() {
      const { body } = await call('GET', path);
      return new URL(body.streamUrl ?? '').searchParams.get('t') ?? '';
    },
    tryStream: (ticket: string) =>
      new Promise<'open' | 'refused'>((resolve) => {
        const socket = new WebSocket(`${chat.directLine.replace('http', 'ws')}${path}/stream?t=${ticket}`);
        socket.onopen = () => {
          resolve('open');
          socket.close();
        };
        socket.onerror = () => resolve('refused');
      }),
  };
}

/** @param body a string goes as it is, anything else as JSON. */
async function request(chat: Webchat, method: string, path: string, body: unknown, bearer: string) {
  const response = await fetch(chat.directLine + path, {
    method,
    headers: { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: Body.parse(text ? JSON.parse(text) : {}) };
}
