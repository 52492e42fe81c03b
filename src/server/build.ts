import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What the bundles are made of; a folder counts with all that is in it. */
export const SOURCES = [
  'src/server/build.ts',
  'src/inbox/tab',
  'src/inbox/wire.ts',
  'src/inbox/wire-bodies.ts',
  'src/inbox/wire-codes.ts',
  'src/bot/widget',
  'src/bot/wire.ts',
  'package-lock.json',
];

const BUNDLES = [
  ['src/inbox/tab/vite.config.ts', 'production'],
  ['src/bot/widget/vite.config.ts', 'app'],
  ['src/bot/widget/vite.config.ts', 'loader'],
] as const;

/** Where the browser bundles are. */
export const DIST = path.join(root, 'dist');
const STAMP = path.join(DIST, 'built-from');

/**
 * Builds the tab and the widget when their sources have changed since the last time, and packs the tab's files for sending.
 * @returns true when something was built. Production images come built and never load the bundler.
 */
export async function buildWhenStale(log: (line: string) => void): Promise<boolean> {
  const now = fingerprint();
  if (read(STAMP) === now) return false;
  log('Building the browser bundles …');
  await bundle();
  for (const file of filesBelow(path.join(DIST, 'tab')).filter((name) => /\.(js|css|html)$/.test(name)))
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  writeFileSync(STAMP, now);
  return true;
}

/** As people get it, whoever asks: with another NODE_ENV, such as a test run's, the bundler packs React's slower half for developers. */
async function bundle(): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    const { build } = await import('vite');
    for (const [config, mode] of BUNDLES) await build({ configFile: path.join(root, config), mode, logLevel: 'error' });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const full = path.join(root, source);
    const files = path.extname(source) ? [full] : filesBelow(full);
    for (const file of files) hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
