import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const INPUT = { app: 'app.tsx', panels: 'panels/main.tsx', loader: 'loader.ts' } as const;
const OUTPUT = { app: 'app.js', panels: 'panels.js', loader: 'widget.js' } as const;
type Script = keyof typeof INPUT;

/** `vite build -c … --mode app` (with its panels) and `--mode loader`: scripts that share nothing, each one file without a global. */
export default defineConfig(({ mode }) => {
  const script: Script = mode === 'loader' || mode === 'panels' ? mode : 'app';
  return {
    root: path('.'),
    // The first visit carries no framework; the panels, fetched when one is opened, have all of Preact.
    resolve: script === 'app' ? { alias: { 'preact/jsx-runtime': path('view.ts'), preact: path('view.ts') } } : {},
    logLevel: 'warn',
    plugins: script === 'app' ? [withPanels()] : [],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      outDir: path('../../../dist/widget'),
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
          format: script === 'panels' ? 'es' : 'iife',
          entryFileNames: OUTPUT[script],
          assetFileNames: 'app.[ext]',
        },
      },
    },
  };
});

const withPanels = (): Plugin => ({
  name: 'panels',
  closeBundle: async () => void (await build({ configFile: path('vite.config.ts'), mode: 'panels' })),
});
