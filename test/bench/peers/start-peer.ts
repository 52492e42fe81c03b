import { z } from 'zod';
import { type Child, PROCESSOR, startChild } from '../start-child.ts';

export type PeerName = 'bare' | 'bare-hono' | 'bare-insert' | 'express' | 'echo-bot';
export type Peer = Child & { port: number };

/** What every peer is sent; the echo bot needs an activity, the others take any JSON. */
export const PEER_PATH = '/api/messages';

/** A message as Direct Line hands it to a bot. Only the echo bot reads more than its type. */
export const activityJson = (text: string): string =>
  JSON.stringify({
    type: 'message',
    id: 'a1',
    channelId: 'directline',
    serviceUrl: 'http://127.0.0.1/',
    deliveryMode: 'expectReplies',
    from: { id: 'dl_1', name: '' },
    recipient: { id: 'bot', name: '' },
    conversation: { id: 'cnv_1' },
    locale: 'sv',
    text,
  });

/** Starts one of the servers that ours is measured against, on any free port. @param more what it is told besides. */
export async function startPeer(name: PeerName, ...more: string[]): Promise<Peer> {
  const file = new URL(`./${name}.ts`, import.meta.url);
  const { first, ...child } = await startChild(file, PROCESSOR.server, z.object({ port: z.number() }), ['0', ...more]);
  return { ...child, port: first.port };
}
