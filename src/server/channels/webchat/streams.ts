import { upgradeWebSocket, type WebSocketServerLike } from '@hono/node-server';
import type { Context, Next } from 'hono';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Visitor } from '../../auth/visitor-token.ts';
import { openStream, type StreamDeps } from './open-stream.ts';
import type { Cursor } from './watermark.ts';

/** The open WebSockets of this process; any number of them may read one conversation (MICROSOFT §4.7). */
export interface Streams {
  accept(c: Context, next: Next, visitor: Visitor, from: Cursor): Promise<Response | undefined>;
  /** Before the server goes: every client is told to come back elsewhere. */
  stop(): void;
}

/** What `serve({websocket: {server}})` needs. Visitors only ever send empty frames on a stream. */
export const createSocketServer = (): WebSocketServerLike =>
  SocketServer.parse(new WebSocketServer({ noServer: true, maxPayload: 4_096, perMessageDeflate: false }));

// The two packages fit together but their types do not (`noServer` may be undefined, `send` is overloaded).
const SocketServer = z.custom<WebSocketServerLike>((server) => server instanceof WebSocketServer);

export function createStreams(deps: StreamDeps): Streams {
  const open = new Set<() => void>();
  return {
    async accept(c, next, visitor, from) {
      let end = () => {};
      const answer = await upgradeWebSocket(
        () => ({
          onOpen(_event, ws) {
            const { raw } = ws;
            const stop = openStream(deps, visitor, from, {
              send: (frame) => raw?.send(frame),
              close: (code, reason) =>
                raw instanceof WebSocket && code === 1013 ? raw.terminate() : raw?.close(code, reason),
              buffered: () => (raw instanceof WebSocket ? raw.bufferedAmount : 0),
            });
            const goAway = () => raw?.close(1012, 'restart');
            open.add(goAway);
            end = () => {
              stop();
              open.delete(goAway);
            };
          },
          onClose: () => end(),
          onError: () => end(),
        }),
        {
          onError: (error) =>
            deps.log.warn('stream.socket', { error: error instanceof Error ? error.name : typeof error }),
        },
      )(c, next);
      return answer ?? undefined;
    },
    stop() {
      for (const goAway of open) goAway();
    },
  };
}
