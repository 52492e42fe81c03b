import { createServer } from 'node:http';
import { listen } from './free-port.ts';

export interface ServedFile {
  /** As `content-type` says it. */
  type: string;
  body: Buffer | string;
  /** How `body` is packed already. */
  encoding?: 'br';
}

/** A host of its own on a free port of the loopback address, with these files by path and nothing else. Nothing is cached. */
export async function serveFiles(files: Record<string, ServedFile>): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(({ url = '' }, response) => {
    const file = files[url];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': Buffer.byteLength(file.body),
      'cache-control': 'no-store',
      ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
    });
    return response.end(file.body);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const HTML = 'text/html; charset=utf-8';
export const SCRIPT = 'text/javascript; charset=utf-8';
