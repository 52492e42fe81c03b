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
export function readJson<T>(memory: Memory, key: string, is: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(memory.read(key) ?? 'null');
    return is(value) ? value : null;
  } catch {
    return null;
  }
}

/** An object whose fields are each of their kind; `kinds` names the fields, with `?` where one may be missing. */
export function hasShape(value: unknown, kinds: Readonly<Record<string, string>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return Object.entries(kinds).every(([name, kind]) => {
    const field = fields.get(name);
    return kind.endsWith('?') && field === undefined ? true : typeof field === kind.replace('?', '');
  });
}

export function createMemory(): Memory {
  const values = new Map<string, string>();
  return {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => void (value === null ? values.delete(key) : values.set(key, value)),
  };
}
