import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The tab's bundle: `/inbox/` (index.html), `/inbox/config` (config.html), hashed files under `/inbox/assets/`. */
export default defineConfig({
  root: here('.'),
  base: '/inbox/',
  build: {
    outDir: here('../../../dist/tab'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { index: here('./index.html'), config: here('./config.html') },
      // Fluent marks its files 'use client'; that means nothing here, one warning per file.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
      output: { codeSplitting: { groups: [{ name: 'vendor', test: /node_modules[\\/](?!@microsoft|zod)/ }] } },
    },
  },
});
