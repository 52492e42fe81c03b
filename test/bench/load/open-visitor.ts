import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { NewVisitor } from '../service/mint-visitors.ts';
import { openConnection, postText } from './connection.ts';

/** A visitor at the chat: writes over HTTP, reads the answers from the stream. */
export interface Visitor {
  /** Sends a message and waits until it is acknowledged and the bot's reply has come. @returns the message's id. */
  turn(text: string, acknowledged: (id: string) => void): Promise<void>;
  close(): void;
}

const Opened = z.object({ streamUrl: z.string() });
const Posted = z.object({ id: z.string() });
const Frame = z.object({ activities: z.array(z.object({ type: z.string(), from: z.object({ role: z.string() }) })) });
const REPLY_WITHIN_MS = 15_000;

export async function openVisitor(port: number, { threadId, token }: NewVisitor): Promise<Visitor> {
  const connection = await openConnection(port);
  const bearer = `authorization: Bearer ${token}`;
  const post = async (path: string, body: object) => {
    const answer = await connection.send(postText(`/v3/directline/${path}`, JSON.stringify(body), [bearer]));
    if (answer.status > 201) throw new Error(`POST ${path.split('/').at(-1)} was answered ${answer.status}`);
    return JSON.parse(answer.body);
  };
  const socket = new WebSocket(Opened.parse(await post('conversations', {})).streamUrl, { perMessageDeflate: false });
  await once(socket, 'open');
  let waiting: { resolve(): void; reject(error: Error): void } | undefined;
  socket.on('message', (data) => {
    const text = data.toString();
    if (text !== '' && Frame.parse(JSON.parse(text)).activities.some(isReply)) waiting?.resolve();
  });
  socket.on('error', () => waiting?.reject(new Error('the stream broke')));
  socket.on('close', () => waiting?.reject(new Error('the stream ended')));

  return {
    async turn(text, acknowledged) {
      const reply = new Promise<void>((resolve, reject) => {
        waiting = { resolve, reject };
        if (socket.readyState !== WebSocket.OPEN) reject(new Error('the stream ended'));
      });
      const late = setTimeout(() => waiting?.reject(new Error('no reply came')), REPLY_WITHIN_MS);
      const channelData = { clientActivityID: randomUUID() };
      const posted = post(`conversations/${threadId}/activities`, { type: 'message', text, channelData });
      try {
        await Promise.all([posted.then((answer) => acknowledged(Posted.parse(answer).id)), reply]);
      } finally {
        clearTimeout(late);
      }
    },
    close() {
      socket.terminate();
      connection.close();
    },
  };
}

const isReply = (activity: { type: string; from: { role: string } }): boolean =>
  activity.type === 'message' && activity.from.role === 'bot';
