import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { z } from 'zod';
import { isOffered, type Tag } from '../../../bot/widget/texts/catalogue.ts';
import type { ChatData } from '../../../bot/wire.ts';
import type { Door } from '../../auth/door.ts';
import { compressed, compressedInTwo, type Ready, sendReady } from './compressed.ts';
import type { Origins } from './origins.ts';
import { chatData, type PageDataDeps, panelData } from './page-data.ts';
import { type ChatPageParts, renderChatPage } from './render-chat-page.ts';
import { renderPlainPage } from './render-plain-page.ts';

export interface ChatPageDeps extends PageDataDeps {
  origins: Pick<Origins, 'hosts'>;
  publicUrl: string;
}

/** Where `vite build` puts the app, its style, its panels, its font and the loader. */
const BUILT = new URL('../../../../dist/widget/', import.meta.url);

/** `/chat` and what belongs to it, `/widget.js`: built files read once, each page rendered and compressed once a language. */
export function chatPageRoutes(door: Door, deps: ChatPageDeps): void {
  const once = new Map<string, Promise<Ready>>();
  const ready = (name: string, make: () => Promise<Ready> | Ready): Promise<Ready> => {
    const made = once.get(name) ?? (async () => make())();
    once.set(name, made);
    made.catch(() => once.delete(name));
    return made;
  };
  let font: Uint8Array<ArrayBuffer> | undefined;
  let known: Pages | undefined;
  const chatPage = async (): Promise<Pages> => {
    known ??= pagesOf(await chatPageParts(), deps);
    return known;
  };

  door.on('public', 'get', '/chat', async (c) => {
    const language = chosen(c);
    const { policy, page } = await chatPage();
    describe(c, policy, language);
    const made = ready(`page ${language}`, () => compressedInTwo(...page(chatData(deps, language, codeAt()))));
    return sendReady(c, await made, HTML);
  });

  door.on('public', 'get', '/chat/plain', async (c) => {
    const language = chosen(c);
    const { plainPolicy, plainPage } = await chatPage();
    describe(c, plainPolicy, language);
    const made = ready(`plain ${language}`, () => compressed(plainPage(chatData(deps, language, codeAt()), language)));
    return sendReady(c, await made, HTML);
  });

  const json = (name: string, path: string, data: (language: Tag) => unknown) =>
    door.on('public', 'get', path, async (c) => {
      const language = chosen(c);
      return sendReady(
        c,
        await ready(`${name} ${language}`, () => compressed(JSON.stringify(data(language)))),
        JSON_TYPE,
      );
    });
  json('data', '/chat/data', (language) => chatData(deps, language, codeAt()));
  json('panel words', '/chat/panels', (language) => panelData(deps, language));

  // Whatever hash a page asks for: one that was open during a deploy gets the code there is now.
  for (const name of ['panels', 'link'])
    door.on('public', 'get', `/chat/:code{${name}-[0-9a-f]+\\.js}`, async (c) =>
      sendReady(c, await ready(name, () => compressed(read(`${name}.js`))), SCRIPT),
    );

  door.on('public', 'get', '/chat/:font{ethiopic-[0-9a-f]+\\.woff2}', (c) => {
    c.header('Cache-Control', `public, max-age=${YEAR_S}, immutable`);
    c.header('Content-Type', 'font/woff2');
    c.header('X-Content-Type-Options', 'nosniff');
    font ??= bytes(FONT);
    return c.body(font);
  });

  door.on('public', 'get', '/widget.js', async (c) => {
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    return sendReady(c, await ready('loader', () => compressed(read('widget.js'))), SCRIPT, 'public, max-age=300');
  });
}

function describe(c: Context, policy: string, language: Tag): void {
  c.header('Content-Security-Policy', policy);
  c.header('Content-Language', language);
  c.header('X-Robots-Tag', 'noindex');
}

type Pages = ReturnType<typeof pagesOf>;

function pagesOf(parts: ChatPageParts, deps: ChatPageDeps) {
  const plainStyle = parts.style + parts.laterStyle;
  return {
    policy: contentPolicy(parts, deps),
    page: (data: ChatData) => renderChatPage(data, parts),
    plainPolicy: ["default-src 'none'", `style-src '${hashOf(plainStyle)}'`, ...framed(deps)].join('; '),
    plainPage: (data: ChatData, language: Tag) =>
      renderPlainPage(data, panelData(deps, language), language, plainStyle),
  };
}

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json';
const SCRIPT = 'text/javascript; charset=utf-8';

const FONT = 'ethiopic.woff2';
const YEAR_S = 365 * 24 * 3_600;

/** The code that comes later, under names that change with it. */
const codeAt = () => ({ panels: addressOf('panels.js'), link: addressOf('link.js') });

/** A built file's address, under a name that changes with what is in it. */
function addressOf(name: string): string {
  const hash = createHash('sha256').update(bytes(name)).digest('hex').slice(0, 10);
  return `/chat/${name.replace('.', `-${hash}.`)}`;
}

/** Hashes instead of a nonce: the page is the same for everybody, so it is compressed once and as well as can be. */
function contentPolicy({ early, app, style }: ChatPageParts, deps: ChatPageDeps): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(early)}' '${hashOf(app)}' 'self'`,
    `style-src '${hashOf(style)}'`,
    `connect-src 'self' ${new URL(deps.publicUrl.replace(/^http/, 'ws')).origin}`,
    ...framed(deps),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

const framed = (deps: ChatPageDeps): string[] => [
  'img-src data:',
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${["'self'", ...deps.origins.hosts].join(' ')}`,
];

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const bytes = (name: string) => new Uint8Array(readFileSync(fileURLToPath(new URL(name, BUILT))));
/** Without the mark that vite leaves in its styles. */
const read = (name: string): string => Buffer.from(bytes(name)).toString().replace('/*$vite$:1*/', '').trim();

async function chatPageParts(): Promise<ChatPageParts> {
  const first = First.parse(await import(new URL('first.js', BUILT).href));
  const style = read('app.css').replace('#ethiopic', addressOf(FONT));
  return { style, early: read('early.js'), app: read('app.js'), ...first };
}

// The components are TSX, which Node does not run: the function comes built, without its type.
const First = z.object({
  laterStyle: z.string(),
  drawFirst: z.custom<ChatPageParts['drawFirst']>((draw) => typeof draw === 'function'),
});

/** `?lang=` first, then the browser's wish, then Swedish; nothing of either is kept. */
export function chosen(c: Context): Tag {
  const wished = [c.req.query('lang') ?? '', ...(c.req.header('accept-language') ?? '').split(',')];
  return wished.map((w) => w.trim().split(/[-;]/)[0]?.toLowerCase()).find(isOffered) ?? 'sv';
}
