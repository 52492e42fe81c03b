import type { Filters, Item, Page } from '../wire.ts';
import type { Around } from './around.ts';
import type { Memory } from './memory.ts';
import { firstPage, keepShown, PAGE, shownLast } from './shown.ts';
import type { InboxState, ViewName } from './state.ts';

export interface Lists {
  show(view: ViewName): void;
  /** Changes some filters; `undefined` takes one away. They and the view survive a reload. */
  filter(change: Filters): void;
  more(): Promise<void>;
}

interface Deps extends Pick<Around, 'api' | 'store' | 'refresh' | 'explain'> {
  memory: Memory;
}

const LARGEST_PAGE = 100;

/** The rows of a view, read by query. @returns also `readList`: `whole` reads as deep as was scrolled, else the first page. */
export function createLists({ api, store, memory, refresh, explain }: Deps) {
  store.set(shownLast(memory));

  function turn(change: Partial<Pick<InboxState, 'view' | 'filters'>>): void {
    store.set({ ...change, items: [], next: null, list: 'loading' });
    keepShown(memory, store.get());
    void refresh();
  }

  async function readList(whole: boolean): Promise<void> {
    const { view, filters, items: shown, list } = store.get();
    const deep = list === 'ready' ? shown.length : 0;
    // Closed conversations do not move: what was scrolled to is left alone.
    if (view === 'closed' && deep > LARGEST_PAGE) return;
    const wanted = whole ? deep : Math.min(deep, LARGEST_PAGE);
    // By id: rows can move from one page to the next while they are read.
    const read = new Map<string, Item>();
    let cursor: string | null = null;
    do {
      const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, wanted - read.size));
      const page: Page = await api.list({ ...firstPage({ view, filters }), cursor, limit });
      for (const item of page.items) read.set(item.id, item);
      cursor = page.next;
    } while (cursor && read.size < wanted);
    const now = store.get();
    if (now.view !== view || now.filters !== filters) return;
    const tail = cursor ? beyond(read, now.items) : [];
    const next = tail.length > 0 ? now.next : cursor;
    store.set({ items: keepSame(now.items, [...read.values(), ...tail]), next, list: 'ready' });
  }

  const lists: Lists = {
    show: (view) => turn({ view }),
    filter: (change) => turn({ filters: { ...store.get().filters, ...change } }),
    async more() {
      const { view, filters, next } = store.get();
      if (!next) return;
      const page = await api.list({ view, ...filters, cursor: next, limit: LARGEST_PAGE }).catch(explain);
      const now = store.get();
      if (!page || now.next !== next || now.view !== view || now.filters !== filters) return;
      const items = new Map([...now.items, ...page.items].map((item) => [item.id, item]));
      store.set({ items: [...items.values()], next: page.next });
    },
  };
  return { ...lists, readList };
}

/** What was scrolled to beyond the page that was just read, and stays until the whole is read again. */
function beyond(read: ReadonlyMap<string, Item>, shown: readonly Item[]): Item[] {
  if (shown.length <= read.size) return [];
  const edge = shown.findLastIndex(({ id }) => read.has(id));
  return shown.slice(edge + 1);
}

/** The same objects where nothing has changed, so that only changed rows are drawn again. */
function keepSame(before: readonly Item[], now: readonly Item[]): Item[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return now.map((item) => {
    const same = known.get(item.id);
    return same && JSON.stringify(same) === JSON.stringify(item) ? same : item;
  });
}
