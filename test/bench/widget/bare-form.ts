import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';

const PAGE = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Chatt</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<p>Hej. Skriv till oss.</p><form method="post"><textarea aria-label="Skriv här"></textarea><button type="submit">Sänd</button></form>`;

/** The floor: a page of HTML with a form, no script and no style, compressed as ours is. */
export async function startBareForm(): Promise<{ url: string; stop(): Promise<void> }> {
  const body = brotliCompressSync(PAGE);
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'br',
      'content-length': body.length,
      'cache-control': 'no-store',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
