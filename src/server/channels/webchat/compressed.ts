import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context } from 'hono';

/** A text that is the same for everybody: compressed once, and as well as can be. */
export interface Ready {
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

export function compressed(text: string): Ready {
  const plain = Buffer.from(text);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  return { plain, gzip: gzipSync(plain, { level: 9 }), br: brotliCompressSync(plain, { params }) };
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
