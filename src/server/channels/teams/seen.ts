export interface Seen {
  /** @returns true the first time a key is shown. */
  first(key: string): boolean;
  forget(key: string): void;
}

/** The last `limit` keys. Repeats come within seconds (F29), and what they ask for is harmless twice: memory is enough. */
export function createSeen(limit: number): Seen {
  const keys = new Set<string>();
  return {
    first(key) {
      if (keys.has(key)) return false;
      keys.add(key);
      const oldest = keys.size > limit ? keys.values().next().value : undefined;
      if (oldest !== undefined) keys.delete(oldest);
      return true;
    },
    forget: (key) => void keys.delete(key),
  };
}
