import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { lexiconText } from '../language/meanings.ts';

/**
 * What decided: a hash of every rule, signal, weight and meaning in use, kept on each reply so that "why did it say that?" has
 * an answer (A7). The same files give the same version; read once at start (some ms).
 */
export function triageVersion(directory: URL = new URL('./', import.meta.url)): string {
  const sum = createHash('sha256').update(lexiconText());
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
  for (const name of names) sum.update(readFileSync(name));
  return sum.digest('hex').slice(0, 16);
}
