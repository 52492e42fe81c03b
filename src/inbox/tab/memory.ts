import type { z } from 'zod';

/** What survives a reload of this browser tab and nothing else: drafts, unsent texts, the developer's token. */
export interface Memory {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

/** Session storage; plain memory where the browser refuses storage to framed pages, as Teams on the web may. */
export function openMemory(window: Window): Memory {
  try {
    const storage = window.sessionStorage;
    storage.setItem('utvag.probe', '1');
    storage.removeItem('utvag.probe');
    return {
      read: (key) => storage.getItem(key),
      write: (key, value) => (value === null ? storage.removeItem(key) : storage.setItem(key, value)),
    };
  } catch {
    return createMemory();
  }
}

/** What was written as JSON, if it is still of that shape. */
export function readJson<T>(memory: Memory, key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(memory.read(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

export function createMemory(): Memory {
  const values = new Map<string, string>();
  return {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => void (value === null ? values.delete(key) : values.set(key, value)),
  };
}
