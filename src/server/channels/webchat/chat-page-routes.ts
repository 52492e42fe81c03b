import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { isOffered, type Tag } from '../../../bot/widget/texts/catalogue.ts';
import type { Door } from '../../auth/door.ts';
import { compressed, type Ready, sendReady } from './compressed.ts';
import type { Origins } from './origins.ts';
import { chatData, type PageDataDeps, panelData } from './page-data.ts';
import { renderChatPage } from './render-chat-page.ts';
import { renderPlainPage } from './render-plain-page.ts';

export interface ChatPageDeps extends PageDataDeps {
  origins: Pick<Origins, 'hosts'>;
  publicUrl: string;
}

/** Where `vite build` puts the app, its style, its panels and the loader. */
const BUILT = new URL('../../../../dist/widget/', import.meta.url);

/** `/chat` and what belongs to it, `/widget.js`: built files read once, each page rendered and compressed once a language. */
export function chatPageRoutes(door: Door, deps: ChatPageDeps): void {
  const once = new Map<string, Ready>();
  const ready = (name: string, text: () => string): Ready => {
    const made = once.get(name) ?? compressed(text());
    once.set(name, made);
    return made;
  };
  let policy: string | undefined;

  door.on('public', 'get', '/chat', (c) => {
    const language = chosen(c);
    const page = ready(`page ${language}`, () => renderChatPage(chatData(deps, language, panelsAt()), built('app')));
    policy ??= contentPolicy(built('app'), deps);
    c.header('Content-Security-Policy', policy);
    c.header('Content-Language', language);
    return sendReady(c, page, HTML);
  });

  door.on('public', 'get', '/chat/plain', (c) => {
    const language = chosen(c);
    const { style } = built('app');
    const page = ready(`plain ${language}`, () => renderPlainPage(chatData(deps, language, ''), language, style));
    c.header('Content-Security-Policy', plainPolicy(style, deps));
    c.header('Content-Language', language);
    return sendReady(c, page, HTML);
  });

  door.on('public', 'get', '/chat/data', (c) => {
    const language = chosen(c);
    return sendReady(
      c,
      ready(`data ${language}`, () => JSON.stringify(chatData(deps, language, panelsAt()))),
      'application/json',
    );
  });

  door.on('public', 'get', '/chat/panels', (c) => {
    const language = chosen(c);
    return sendReady(
      c,
      ready(`panel words ${language}`, () => JSON.stringify(panelData(language))),
      'application/json',
    );
  });

  // Whatever hash a page asks for: one that was open during a deploy gets the panels there are now.
  door.on('public', 'get', '/chat/:panels{panels-[0-9a-f]+\\.js}', (c) =>
    sendReady(
      c,
      ready('panels', () => read('panels.js')),
      SCRIPT,
    ),
  );

  door.on('public', 'get', '/widget.js', (c) => {
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return sendReady(
      c,
      ready('loader', () => read('widget.js')),
      SCRIPT,
      'public, max-age=300',
    );
  });
}

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** The panels' code under a name that changes with it. */
const panelsAt = (): string =>
  `/chat/panels-${createHash('sha256').update(read('panels.js')).digest('hex').slice(0, 10)}.js`;

/** Hashes instead of a nonce: the page is the same for everybody, so it is compressed once and as well as can be. */
function contentPolicy({ script, style }: Built, deps: ChatPageDeps): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}' 'self'`,
    `style-src '${hashOf(style)}'`,
    `connect-src 'self' ${new URL(deps.publicUrl.replace(/^http/, 'ws')).origin}`,
    ...framed(deps),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

const plainPolicy = (style: string, deps: ChatPageDeps): string =>
  ["default-src 'none'", `style-src '${hashOf(style)}'`, ...framed(deps)].join('; ');

const framed = (deps: ChatPageDeps): string[] => [
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${["'self'", ...deps.origins.hosts].join(' ')}`,
];

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

interface Built {
  script: string;
  style: string;
}
const read = (name: string): string => readFileSync(fileURLToPath(new URL(name, BUILT)), 'utf8').trim();
const built = (name: string): Built => ({ script: read(`${name}.js`), style: read(`${name}.css`) });

/** `?lang=` first, then the browser's wish, then Swedish; nothing of either is kept. */
function chosen(c: Context): Tag {
  const wished = [c.req.query('lang') ?? '', ...(c.req.header('accept-language') ?? '').split(',')];
  return wished.map((w) => w.trim().split(/[-;]/)[0]?.toLowerCase()).find(isOffered) ?? 'sv';
}
