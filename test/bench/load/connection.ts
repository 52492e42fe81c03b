import { once } from 'node:events';
import { connect } from 'node:net';

export interface Answer {
  status: number;
  body: string;
}

/** One keep-alive HTTP connection to this machine that carries one request at a time. As cheap as Node can: it is not what is measured. */
export interface Connection {
  /** @throws when the connection ends before the answer is there. */
  send(request: string): Promise<Answer>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let pending: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    text += part;
    const answer = parse(text);
    if (!answer) return;
    text = '';
    pending?.resolve(answer);
  });
  const fail = () => pending?.reject(new Error('the connection ended'));
  socket.on('error', fail);
  socket.on('close', fail);
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject };
        if (socket.destroyed) fail();
        else socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** The text of a POST with a JSON body. */
export function postText(path: string, body: string, headers: readonly string[] = []): string {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  const lines = [`POST ${path} HTTP/1.1`, 'host: 127.0.0.1', 'content-type: application/json', length, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** @returns null while the answer is not whole. The servers measured here all say how long it is. */
function parse(text: string): Answer | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  if (length === undefined) throw new Error('an answer does not say how long it is');
  if (text.length < end + 4 + Number(length)) return null;
  return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
}
