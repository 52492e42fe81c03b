import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Wanted {
  variable: 'CHROMIUM_PATH' | 'FIREFOX_PATH';
  places: string[];
  /** Debian's name for it. */
  package: 'chromium' | 'firefox-esr';
}

/** Where its variable says, else in one of its places, else installed from Debian by root; null where it cannot be had. */
export function findBrowser({ variable, places, package: name }: Wanted, env: NodeJS.ProcessEnv): string | null {
  const named = env[variable];
  if (named && !existsSync(named)) throw new Error(`${variable} names ${named}, which does not exist`);
  if (named) return named;
  const here = () => places.find((path) => path && existsSync(path)) ?? null;
  return here() ?? (installed(name, env) ? here() : null);
}

function installed(name: string, env: NodeJS.ProcessEnv): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const how = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update', '-q'], how);
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], how);
    return true;
  } catch {
    return false;
  }
}
