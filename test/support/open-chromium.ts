import { type Browser, chromium } from 'playwright-core';
import { findChromium, NO_PAGES_OF_ITS_OWN } from './find-chromium.ts';

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** A Chromium that asks nobody anything by itself. @param more flags besides */
export const openChromium = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(process.env),
    args: [...FLAGS.split(' '), NO_PAGES_OF_ITS_OWN, ...more],
  });
