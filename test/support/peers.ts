import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of other people's widgets: a package of its own, so that nothing of it comes with the product. */
export const PEERS = fileURLToPath(new URL('../peers', import.meta.url));

/** A file of a package in `test/peers`. @throws one line that says how to get it. */
export function readPeer(file: string): string {
  const full = path.join(PEERS, 'node_modules', file);
  if (existsSync(full)) return readFileSync(full, 'utf8');
  throw new Error(`test/peers/node_modules/${file} is missing: run \`npm ci --prefix test/peers --ignore-scripts\``);
}
