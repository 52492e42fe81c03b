import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../support/find-chromium.ts';

const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** The tab as it is built for people, and a real browser to open it in. */
export async function startInboxStage(): Promise<{ dist: string; browser: Browser; stop(): Promise<void> }> {
  const dist = await mkdtemp(join(tmpdir(), 'utvag-tab-'));
  const configFile = fileURLToPath(new URL('../../src/inbox/tab/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: dist, reportCompressedSize: false } });
  const browser = await chromium.launch({ executablePath: findChromium(process.env), args: FLAGS.split(' ') });
  return {
    dist,
    browser,
    async stop() {
      await browser.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}
