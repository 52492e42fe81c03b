import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  lines: number;
  text: string;
  /** What it imports: packages by name, own files by path from the root. */
  imports: string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Every source file below the given folders. */
export function sourceFiles(root: string, ...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const imports = [...text.matchAll(IMPORT)].map((m) => resolve(file, m[1] ?? m[2] ?? ''));
      return { path: file.replaceAll('\\', '/'), lines: text.split('\n').length - 1, text, imports };
    });
}

/** Our own: what npm has put below a folder is not. */
const filesBelow = (root: string, folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => {
      const below = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(root, below) : [below];
    });

const resolve = (from: string, to: string): string =>
  to.startsWith('.') ? path.join(path.dirname(from), to).replaceAll('\\', '/') : to;
