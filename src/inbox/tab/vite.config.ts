import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const TEAMS = /node_modules[\\/]@microsoft[\\/]/;
const PLATFORM = /node_modules|rolldown.runtime/;
/** Of Fluent UI, what only conversations and dialogs are made of. */
const LATER = new RegExp(
  [
    '@fluentui/react-(badge|card|dialog|divider|field|input|label|link|message-bar|motion|portal|radio|select|spinner|switch|textarea)',
    '@fluentui/react-tabster/.*/(useModalAttributes|useFocusableGroup|useRestoreFocus)',
  ].join('|'),
);
const tab = (...names: string[]) => new RegExp(`inbox[\\\\/]tab[\\\\/](${names.join('|')})\\.tsx?$`);

/** What a file imports comes along, unless a group above has taken it. */
const GROUPS = [
  { name: 'teams', test: TEAMS },
  { name: 'vendor', test: (id: string) => PLATFORM.test(id) && !LATER.test(id) },
  { name: 'vendor-later', test: PLATFORM },
  { name: 'early', test: tab('early', 'stockholm') },
  { name: 'first', test: tab('main') },
].map((group, i, all) => ({ ...group, priority: all.length - i }));

/** The tab's bundle: `/inbox/` (index.html), `/inbox/config` (config.html), hashed files under `/inbox/assets/`. */
export default defineConfig({
  root: here('.'),
  base: '/inbox/',
  build: {
    outDir: here('../../../dist/tab'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { index: here('./index.html'), config: here('./config.html') },
      // Of the wire the tab takes codes and types; the shapes, and zod with them, stay with the service.
      treeshake: { moduleSideEffects: [{ test: /inbox[\\/]wire|node_modules[\\/]zod/, sideEffects: false }] },
      // Fluent marks its files 'use client'; that means nothing here, one warning per file.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
      output: { codeSplitting: { groups: GROUPS } },
    },
  },
  plugins: [earlyFirst()],
});

/**
 * Scripts are fetched together and run in their order: `early.ts` comes first, because it asks the service and waits for nobody.
 * What is imported later brings no helper of Vite's: the page has all of its style already.
 */
function earlyFirst(): Plugin {
  return {
    name: 'early-first',
    enforce: 'pre',
    load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null),
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const [script = ''] = /\s*<script[^>]+\/early-[^>]+><\/script>/.exec(html) ?? [];
        return html.replace(script, '').replace('<head>', `<head>${script}`);
      },
    },
  };
}
