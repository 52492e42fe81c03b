import { compressed } from '../../../src/server/channels/webchat/compressed.ts';
import { HTML, SCRIPT, type ServedFile, serveFiles } from '../../support/serve-files.ts';
import { type PeerPage, peerPages } from './peer-pages.ts';
import type { Target } from './visit-page.ts';

/** Bytes of everything that a page loads before one can write. */
export interface Weight {
  raw: number;
  gzip: number;
  brotli: number;
}

export interface Peer extends Target {
  weight: Weight;
}

/** Other people's widgets and the bare form, each on a page of its own, packed as well as ours is and served from memory. */
export async function startPeers(): Promise<{ peers: Peer[]; stop(): Promise<void> }> {
  const files: Record<string, ServedFile> = {};
  const packed = (await peerPages()).map((page) => ({ page, weight: pack(page, files) }));
  const { url, stop } = await serveFiles(files);
  const peers = packed.map(({ page: { name, field, send, host }, weight }) => ({
    ...{ name, field, send, weight, url: `${url}/${name}/` },
    ...(host ? { host } : {}),
  }));
  return { peers, stop };
}

/** Puts the page's parts among the files. @returns what they weigh. */
function pack(page: PeerPage, files: Record<string, ServedFile>): Weight {
  const weight = { raw: 0, gzip: 0, brotli: 0 };
  for (const [file, type, text] of partsOf(page)) {
    const { plain, gzip, br } = compressed(text);
    files[`/${page.name}/${file}`] = { type, body: br, encoding: 'br' };
    weight.raw += plain.length;
    weight.gzip += gzip.length;
    weight.brotli += br.length;
  }
  return weight;
}

function partsOf({ body, script, style }: PeerPage): [file: string, type: string, text: string][] {
  const html = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Chatt</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
${style ? '<link rel="stylesheet" href="widget.css">' : ''}${body}</html>`;
  const parts: [string, string, string | undefined][] = [
    ['', HTML, html],
    ['widget.js', SCRIPT, script],
    ['widget.css', STYLE, style],
  ];
  return parts.flatMap(([file, type, text]) => (text ? [[file, type, text]] : []));
}

const STYLE = 'text/css; charset=utf-8';
