import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium loads some 400 files of its own search box into every new window: seconds in which it has less time for the page. */
export const NO_PAGES_OF_ITS_OWN =
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI';

/**
 * The browser the tests drive: CHROMIUM_PATH, Playwright's own, the system's; as root on Debian it is installed when missing.
 * @throws one clear line when there is none to be had: browser tests are never silently skipped.
 */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const named = env['CHROMIUM_PATH'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  }
  const found = [chromium.executablePath(), ...SYSTEM].find((path) => path && existsSync(path));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '-q', 'chromium'], {
      stdio: 'ignore',
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = SYSTEM.find((path) => existsSync(path));
    if (installed) return installed;
  }
  throw new Error('No browser for the tests: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH');
}
