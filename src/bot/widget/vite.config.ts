import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';
import { ethiopicFont } from './ethiopic-font.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const BUILT = path('../../../dist/widget');
const INPUT = {
  app: 'app.tsx',
  first: 'draw-first.tsx',
  early: 'early.ts',
  link: 'link.ts',
  panels: 'panels/main.tsx',
  loader: 'loader.ts',
} as const;
const OUTPUT: Partial<Record<string, string>> = { loader: 'widget.js' };
const MODULES = ['first', 'link', 'panels'];
type Script = keyof typeof INPUT;
const isScript = (mode: string): mode is Script => mode in INPUT;

/**
 * `vite build -c … --mode app` (with all that belongs to the chat page) and `--mode loader`: scripts that share nothing, each one
 * file without a global. `first` is the server's: it draws the page as HTML.
 */
export default defineConfig(({ mode }) => {
  const script: Script = isScript(mode) ? mode : 'app';
  const bare = script === 'app' || script === 'first';
  return {
    root: path('.'),
    // The first visit carries no framework; the panels, fetched when one is opened, have all of Preact.
    resolve: bare ? { alias: { 'preact/jsx-runtime': path('view.ts'), preact: path('view.ts') } } : {},
    logLevel: 'warn',
    plugins: script === 'app' ? [withItsPage(), withFont()] : [],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      outDir: BUILT,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      // Only so that vite leaves the app's `import()` alone: its own helper is for pages of many files.
      ...(script === 'app'
        ? { lib: { entry: path(INPUT.app), formats: ['iife'], name: 'app', cssFileName: 'app' } }
        : {}),
      rolldownOptions: {
        input: path(INPUT[script]),
        preserveEntrySignatures: 'strict',
        output: {
          format: MODULES.includes(script) ? 'es' : 'iife',
          entryFileNames: OUTPUT[script] ?? `${script}.js`,
          assetFileNames: 'app.[ext]',
        },
      },
    },
  };
});

const withItsPage = (): Plugin => ({
  name: 'page',
  async closeBundle() {
    for (const mode of ['first', 'early', 'link', 'panels']) await build({ configFile: path('vite.config.ts'), mode });
  },
});

const withFont = (): Plugin => ({
  name: 'font',
  closeBundle: async () => writeFileSync(`${BUILT}/ethiopic.woff2`, await ethiopicFont()),
});
