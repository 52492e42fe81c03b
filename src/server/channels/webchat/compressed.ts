import { once } from 'node:events';
import { brotliCompressSync, constants, createBrotliCompress, gzipSync } from 'node:zlib';
import type { Context } from 'hono';

/** A text that is the same for everybody: compressed once, and as well as can be. */
export interface Ready {
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

export function compressed(text: string): Ready {
  const plain = Buffer.from(text);
  const br = brotliCompressSync(plain, { params: paramsFor(plain) });
  return { plain, gzip: gzipSync(plain, { level: 9 }), br };
}

const paramsFor = ({ length }: Buffer) => ({
  [constants.BROTLI_PARAM_QUALITY]: 11,
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  [constants.BROTLI_PARAM_SIZE_HINT]: length,
});

/** The same, and whoever has the bytes of `first` can read all of it before `rest` is there. */
export async function compressedInTwo(first: string, rest: string): Promise<Ready> {
  const plain = Buffer.from(first + rest);
  const ways = await Promise.all(DISTANCES.map((bits) => brotliInTwo(first, rest, { ...paramsFor(plain), ...bits })));
  const [br = Buffer.alloc(0)] = ways.sort((a, b) => a.length - b.length);
  return { plain, gzip: gzipSync(plain, { level: 9 }), br };
}

/** How distances are written: which way is the shortest differs by text, a few bytes in a thousand. */
const DISTANCES = [0, 1, 2].flatMap((postfix) =>
  [0, 2 << postfix].map((direct) => ({
    [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
    [constants.BROTLI_PARAM_NDIRECT]: direct,
  })),
);

async function brotliInTwo(first: string, rest: string, params: Record<number, number>): Promise<Buffer> {
  const stream = createBrotliCompress({ params });
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.write(first);
  await new Promise<void>((flushed) => stream.flush(constants.BROTLI_OPERATION_FLUSH, flushed));
  stream.end(rest);
  await once(stream, 'end');
  return Buffer.concat(parts);
}

/** As the client takes it. Nothing of the chat stays in a cache (F41); host pages may keep the loader. */
export function sendReady(c: Context, ready: Ready, type: string, cache = 'no-store'): Response {
  const accepted = c.req.header('accept-encoding') ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  c.header('Cache-Control', cache);
  c.header('Vary', 'Accept-Encoding, Accept-Language');
  c.header('Content-Type', type);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  if (encoding) c.header('Content-Encoding', encoding);
  return c.body(new Uint8Array(encoding ? ready[encoding] : ready.plain));
}
