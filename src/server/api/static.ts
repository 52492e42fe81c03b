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

/** A file as the build left it, packed when the asker takes that. */
interface Built {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  packed: boolean;
}

/** The built tab under `/inbox/`: pages fresh each time, hashed assets for a year; packed by the build. */
export function tabPages(door: Door, distDir: string): void {
  // A few dozen, and the name of each changes with what is in it.
  const assets = new Map<string, Built>();
  door.on('public', 'get', '/inbox', (c) => c.redirect('/inbox/', 308));
  door.on('public', 'get', '/inbox/', async (c) => send(c, await read(distDir, 'index.html', takesBrotli(c))));
  door.on('public', 'get', '/inbox/config', async (c) => send(c, await read(distDir, 'config.html', takesBrotli(c))));
  door.on('public', 'get', '/inbox/assets/:file', async (c) => {
    const name = path.join('assets', c.req.param('file') ?? '');
    const key = `${takesBrotli(c)} ${name}`;
    const built = assets.get(key) ?? (await read(distDir, name, takesBrotli(c)));
    assets.set(key, built);
    return send(c, built, 'public, max-age=31536000, immutable');
  });
}

const takesBrotli = (c: Context): boolean => /\bbr\b/.test(c.req.header('accept-encoding') ?? '');

/** @throws Problem 404 when the build made no such file. */
async function read(dir: string, name: string, brotli: boolean): Promise<Built> {
  const type = TYPES[path.extname(name)];
  const file = path.join(dir, name);
  if (!type || !file.startsWith(dir + path.sep)) throw new Problem(404);
  const packed = brotli ? await bytesOf(`${file}.br`) : null;
  const bytes = packed ?? (await bytesOf(file));
  if (!bytes) throw new Problem(404);
  return { type, bytes, packed: packed !== null };
}

const send = (c: Context, { type, bytes, packed }: Built, cacheControl = 'no-store'): Response =>
  c.body(bytes, 200, {
    'content-type': type,
    'cache-control': cacheControl,
    vary: 'Accept-Encoding',
    ...(packed ? { 'content-encoding': 'br' } : {}),
  });

const bytesOf = (file: string): Promise<Uint8Array<ArrayBuffer> | null> =>
  readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  );
