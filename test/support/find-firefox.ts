import { findBrowser } from './find-browser.ts';

/** A stock Firefox in the same way, FIREFOX_PATH first. Null, and one line that says so, where there is none to be had. */
export function findFirefox(env: NodeJS.ProcessEnv): string | null {
  const places = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
  const found = findBrowser({ variable: 'FIREFOX_PATH', places, package: 'firefox-esr' }, env);
  if (!found)
    process.stderr.write(
      'SKIPPED: the tests in Firefox, which is not here (Debian: apt-get install firefox-esr, or set FIREFOX_PATH)\n',
    );
  return found;
}
