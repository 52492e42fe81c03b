import { connect } from 'node:net';

/** An answer read off the wire, for requests that no decent client would send. */
export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/**
 * Writes the parts to the server as they are and reads until it closes, whatever becomes of the writing half.
 * A request of several parts is sent on while the server answers, as an upload is. Status 0: closed without an answer.
 */
export async function rawHttp(url: string, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const read: Buffer[] = [];
  socket.on('data', (bytes) => void read.push(bytes));
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const part of parts) {
    if (socket.destroyed) break;
    const taken = socket.write(part);
    if (!taken) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
  }
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
  socket.destroy();
  return parse(Buffer.concat(read).toString('latin1'));
}

/** The head of a request on a connection that ends with it. */
export const head = (method: string, path: string, headers: Record<string, string> = {}): string => {
  const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers }).map(([k, v]) => `${k}: ${v}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
};

/** A chunked body of `size` bytes in pieces of 64 KiB, with its end. */
export function chunkedBody(size: number): Buffer[] {
  const piece = Buffer.alloc(65_536, 'a');
  const framed = Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]);
  return [...Array.from({ length: Math.ceil(size / piece.length) }, () => framed), Buffer.from('0\r\n\r\n')];
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: new Map(headers),
    body: end < 0 ? '' : text.slice(end + 4),
  };
}
