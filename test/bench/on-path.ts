import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The full name of a program, or null when it is in none of the folders: those given `before` and then those of `PATH`. */
export function onPath(name: string, before: readonly string[] = []): string | null {
  const folders = [...before, ...(process.env['PATH'] ?? '').split(path.delimiter)].filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
