import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { packageApp, readAppIds } from './package-app.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** `npm run teams:package`: the validated app package for this installation. */
async function main(): Promise<void> {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  const ids = readAppIds(process.env, version);
  const zip = await packageApp(ids);
  const file = path.join(root, 'dist', 'utvag-teams.zip');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, zip);
  process.stdout.write(`${path.relative(root, file)}: version ${version} for ${ids.publicUrl}, ${zip.length} bytes\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exit(1);
});
