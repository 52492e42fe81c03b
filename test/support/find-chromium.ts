import { chromium } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** Chromium loads some 400 files of its own search box into every new window: seconds in which it has less time for the page. */
export const NO_PAGES_OF_ITS_OWN =
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI';

/**
 * The browser the tests drive: CHROMIUM_PATH, Playwright's own, the system's; as root on Debian it is installed when missing.
 * @throws one clear line when there is none to be had: browser tests are never silently skipped.
 */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const places = [
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = findBrowser({ variable: 'CHROMIUM_PATH', places, package: 'chromium' }, env);
  if (found) return found;
  throw new Error('No browser for the tests: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH');
}
