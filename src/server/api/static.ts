import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from 'hono';
import type { Door } from '../auth/door.ts';
import { Problem } from '../problem.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The built tab under `/inbox/`: pages fresh each time, hashed assets for a year; packed by the build. */
export function tabPages(door: Door, distDir: string): void {
  door.on('public', 'get', '/inbox', (c) => c.redirect('/inbox/', 308));
  door.on('public', 'get', '/inbox/', (c) => send(c, distDir, 'index.html'));
  door.on('public', 'get', '/inbox/config', (c) => send(c, distDir, 'config.html'));
  door.on('public', 'get', '/inbox/assets/:file', (c) =>
    send(c, distDir, path.join('assets', c.req.param('file') ?? ''), 'public, max-age=31536000, immutable'),
  );
}

async function send(c: Context, dir: string, name: string, cacheControl = 'no-store'): Promise<Response> {
  const type = TYPES[path.extname(name)];
  const file = path.join(dir, name);
  if (!type || !file.startsWith(dir + path.sep)) throw new Problem(404);
  const packed = /\bbr\b/.test(c.req.header('accept-encoding') ?? '') ? await bytesOf(`${file}.br`) : null;
  const bytes = packed ?? (await bytesOf(file));
  if (!bytes) throw new Problem(404);
  return c.body(bytes, 200, {
    'content-type': type,
    'cache-control': cacheControl,
    vary: 'Accept-Encoding',
    ...(packed ? { 'content-encoding': 'br' } : {}),
  });
}

const bytesOf = (file: string): Promise<Uint8Array<ArrayBuffer> | null> =>
  readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  );
