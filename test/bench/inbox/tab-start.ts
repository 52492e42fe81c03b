import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type InlineConfig } from 'vite';
import { compressed } from '../../../src/server/channels/webchat/compressed.ts';
import { HTML, SCRIPT, type ServedFile, serveFiles } from '../../support/serve-files.ts';
import type { Target } from '../widget/visit-page.ts';

const TAB = fileURLToPath(new URL('../../../src/inbox/tab', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** React, Fluent UI v9 and teams-js, with what they bring along and the bundler's glue for React's CommonJS. Whatever else comes along is the tab's own choice. */
const PLATFORM =
  /node_modules[\\/](@fluentui|@griffel|@emotion|@floating-ui|@microsoft|@swc|keyborg|react|react-dom|rtl-css-js|scheduler|stylis|tabster|tslib)[\\/]|rolldown[\\/]runtime/;

/**
 * Brotli 11 bytes of all that the tab's page can ever load, without React, Fluent UI and teams-js: HTML, style and script, both
 * languages, and other people's libraries. A file counts as the platform's only if everything in it is.
 */
export async function ownBytes(): Promise<{ own: number; platform: number }> {
  const files = await built({ configFile: `${TAB}/vite.config.ts` });
  const bytes = { own: 0, platform: 0 };
  for (const file of files) {
    if (/config/.test(file.fileName) || !/\.(js|css|html)$/.test(file.fileName)) continue;
    const isPlatform = file.type === 'chunk' && file.moduleIds.every((id) => PLATFORM.test(id));
    bytes[isPlatform ? 'platform' : 'own'] += brotliCompressSync(
      file.type === 'chunk' ? file.code : file.source,
    ).length;
  }
  return bytes;
}

/** What one begins with: Fluent's provider, tabs and a list that stands in the code; from memory, packed as ours is. */
export async function startStarter(): Promise<Target & { stop(): Promise<void> }> {
  const name = 'virtual:starter';
  const files = await built({
    root: ROOT,
    configFile: false,
    plugins: [{ name, resolveId: (id) => (id === name ? id : null), load: (id) => (id === name ? STARTER : null) }],
    build: { target: 'es2023', modulePreload: false, rolldownOptions: { input: name, onwarn: () => {} } },
  });
  const script = files.flatMap((file) => (file.type === 'chunk' ? file.code : [])).join('\n');
  const page = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Lista</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width,initial-scale=1"><div id="root"></div><script type="module" src="main.js"></script></html>`;
  const served = (type: string, text: string): ServedFile => ({ type, body: compressed(text).br, encoding: 'br' });
  const { url, stop } = await serveFiles({ '/': served(HTML, page), '/main.js': served(SCRIPT, script) });
  return { name: 'starter', url: `${url}/`, field: '[data-row]', send: '[data-row]', stop };
}

const STARTER = `
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { Button, FluentProvider, Tab, TabList, Text, webLightTheme } from '@fluentui/react-components';
const rows = Array.from({ length: 50 }, (_, i) => h('li', { key: i },
  h(Button, { 'data-row': i, appearance: 'subtle' }, h(Text, null, 'Järva'), h(Text, { size: 200 }, i + ' min'))));
createRoot(document.getElementById('root')).render(h(FluentProvider, { theme: webLightTheme },
  h(TabList, { selectedValue: 'a' }, h(Tab, { value: 'a' }, 'Väntar'), h(Tab, { value: 'b' }, 'Mina')), h('ul', null, rows)));
`;

async function built(config: InlineConfig) {
  const made = await build({ ...config, logLevel: 'error', build: { ...config.build, write: false } });
  return [made].flat().flatMap((one) => ('output' in one ? one.output : []));
}
