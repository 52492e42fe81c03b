/** Something about a thread or a district is new. Never carries words: whoever is interested reads again. */
export interface Signal {
  kind: 'changed' | 'typing';
  /** Who is typing, for `typing`. */
  from?: 'visitor' | 'staff';
  /** Where somebody is typing, on a district's topic. */
  conversation?: string;
}

/** `thread:<id>` for a visitor's streams, `district:<slug>` for staff, `hours:all` for the opening hours. */
export type Topic = `thread:${string}` | `district:${string}` | 'hours:all';

export interface Hub {
  /** Tells every replica after a commit; losing one is harmless, readers resync. */
  publish(topic: Topic, signal: Signal): void;
  /** @returns the function that ends the subscription. */
  subscribe(topic: Topic, listener: (signal: Signal) => void): () => void;
  /** Called after the listening connection was lost and found again: everything open reads again from its cursor. */
  onGap(listener: () => void): () => void;
}

/** Whoever reads that thread, or the lists of those districts, reads again. */
export function tellChanged(hub: Pick<Hub, 'publish'>, threadId: string, ...districts: string[]): void {
  hub.publish(`thread:${threadId}`, { kind: 'changed' });
  for (const district of districts) hub.publish(`district:${district}`, { kind: 'changed' });
}

/** The subscriptions of one process; `createNotifier` carries signals between processes. */
export interface LocalHub {
  dispatch(topic: Topic, signal: Signal): void;
  gap(): void;
  subscribe: Hub['subscribe'];
  onGap: Hub['onGap'];
}

export function createLocalHub(): LocalHub {
  const topics = new Map<Topic, Set<(signal: Signal) => void>>();
  const gaps = new Set<() => void>();
  return {
    dispatch(topic, signal) {
      for (const listener of topics.get(topic) ?? []) listener(signal);
    },
    gap() {
      for (const listener of gaps) listener();
    },
    subscribe(topic, listener) {
      const set = topics.get(topic) ?? new Set();
      topics.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) topics.delete(topic);
      };
    },
    onGap(listener) {
      gaps.add(listener);
      return () => void gaps.delete(listener);
    },
  };
}
