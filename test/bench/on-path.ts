import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The full name of a program, or null when there is none of that name in `PATH` or in the further folders. */
export function onPath(name: string, further: readonly string[] = []): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...further].filter(Boolean);
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
