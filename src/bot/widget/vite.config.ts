import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** `vite build -c … --mode app` and `--mode loader`: two scripts that share nothing, each one file without a global. */
export default defineConfig(({ mode }) => ({
  root: path('.'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    outDir: path('../../../dist/widget'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: path(mode === 'loader' ? 'loader.ts' : 'app.tsx'),
      output: {
        format: 'iife',
        entryFileNames: mode === 'loader' ? 'widget.js' : 'app.js',
        assetFileNames: 'app.[ext]',
      },
    },
  },
}));
