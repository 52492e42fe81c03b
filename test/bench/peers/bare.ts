import { createServer } from 'node:http';
import { serveAlone } from './serve-alone.ts';

/** The floor: JSON in, JSON out, nothing else, in `node:http`. */
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { type }: { type: string } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    const body = JSON.stringify({ id: type });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
serveAlone(server);
