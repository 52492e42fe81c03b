import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { wordsFor } from '../../../bot/widget/text.ts';
import type { ChatContact } from '../../../bot/wire.ts';
import type { Door } from '../../auth/door.ts';
import type { Origins } from './origins.ts';
import { renderChatPage } from './render-chat-page.ts';

export interface ChatPageDeps {
  origins: Pick<Origins, 'hosts'>;
  publicUrl: string;
  /** The neutral page the quick exit goes to. */
  exitUrl: string;
  /** The languages offered, first the one for everybody else. */
  languages: readonly { tag: string; name: string }[];
  /** Paragraphs shown before anything is written. */
  welcome(language: string): string[];
  /** Verified numbers only; 112 and 114 14 are there anyway. */
  contacts(language: string): ChatContact[];
}

/** Where `vite build` puts the app, its style and the loader. */
const BUILT = new URL('../../../../dist/widget/', import.meta.url);

interface Ready {
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
  csp?: string;
}

/** `/chat` and `/widget.js`: built files read once, each page rendered and compressed once a language. */
export function chatPageRoutes(door: Door, deps: ChatPageDeps): void {
  const pages = new Map<string, Ready>();
  let loader: Ready | undefined;

  door.on('public', 'get', '/chat', (c) => {
    const language = chosen(c, deps.languages);
    const ready = pages.get(language) ?? page(deps, language);
    pages.set(language, ready);
    c.header('Content-Security-Policy', ready.csp ?? "default-src 'none'");
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Content-Language', language);
    return send(c, ready, 'text/html; charset=utf-8');
  });

  door.on('public', 'get', '/widget.js', (c) => {
    loader ??= compressed(built('widget.js'));
    c.header('Cache-Control', 'public, max-age=300');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    c.header('X-Content-Type-Options', 'nosniff');
    return send(c, loader, 'text/javascript; charset=utf-8');
  });
}

function page(deps: ChatPageDeps, language: string): Ready {
  const [script, style] = [built('app.js'), built('app.css')];
  const html = renderChatPage({
    data: {
      language,
      languages: [...deps.languages],
      welcome: deps.welcome(language),
      contacts: withAlways(language, deps.contacts(language)),
      exitUrl: deps.exitUrl,
      words: wordsFor(language),
    },
    script,
    style,
  });
  return { ...compressed(html), csp: policy(script, style, deps) };
}

/** 112 and 114 14 hold whatever else the contacts file says (DOMAIN §2.1). */
function withAlways(language: string, contacts: ChatContact[]): ChatContact[] {
  const always =
    language === 'sv'
      ? [
          { number: '112', name: 'Vid fara just nu' },
          { number: '114 14', name: 'Polisen, när det inte är bråttom' },
        ]
      : [
          { number: '112', name: 'Danger right now' },
          { number: '114 14', name: 'The police, when it is not urgent' },
        ];
  return [...always, ...contacts.filter((c) => always.every((a) => a.number !== c.number))];
}

/** Hashes instead of a nonce: the page is the same for everybody, so it is compressed once and as well as can be. */
function policy(script: string, style: string, deps: ChatPageDeps): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    `connect-src 'self' ${new URL(deps.publicUrl.replace(/^http/, 'ws')).origin}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    `frame-ancestors ${["'self'", ...deps.origins.hosts].join(' ')}`,
  ].join('; ');
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const built = (name: string): string => readFileSync(fileURLToPath(new URL(name, BUILT)), 'utf8').trim();

function compressed(text: string): Ready {
  const plain = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  return { plain, gzip: gzipSync(plain, { level: 9 }), br: brotliCompressSync(plain, { params }) };
}

function send(c: Context, ready: Ready, type: string): Response {
  const accepted = c.req.header('accept-encoding') ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
  c.header('Vary', 'Accept-Encoding, Accept-Language');
  c.header('Content-Type', type);
  if (encoding) c.header('Content-Encoding', encoding);
  return c.body(new Uint8Array(encoding ? ready[encoding] : ready.plain));
}

/** `?lang=` first, then the browser's wish; nothing of either is kept. */
function chosen(c: Context, languages: ChatPageDeps['languages']): string {
  const wished = [c.req.query('lang') ?? '', ...(c.req.header('accept-language') ?? '').split(',')];
  const tags = wished.map((w) => w.trim().split(/[-;]/)[0]?.toLowerCase());
  return tags.find((tag) => languages.some((l) => l.tag === tag)) ?? languages[0]?.tag ?? 'sv';
}
