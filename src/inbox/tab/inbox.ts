import type { Item } from '../wire.ts';
import { Outdated, Refused } from './api.ts';
import type { Around, InboxDeps } from './around.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createSending, type Sending } from './sending.ts';
import { SignInNeeded } from './session.ts';
import { type InboxState, initialState, type ViewName } from './state.ts';
import { createStore, type Store } from './store.ts';
import { createVerbs, type Verbs } from './verbs.ts';
import { whatWentWrong } from './what-went-wrong.ts';

export interface Inbox extends Pick<Store<InboxState>, 'get' | 'subscribe'>, Verbs, Sending, Drafts {
  /** Reads the list, the counts and the open conversation again. Calls that overlap become one more reading. */
  refresh(): Promise<void>;
  /** A change was announced: refresh soon, once for a burst. */
  touch(): void;
  show(view: ViewName): void;
  filter(district: string | null): void;
  more(): Promise<void>;
  open(id: string | null): void;
  setLink(up: boolean): void;
  dismiss(): void;
}

const PAGE = 50;
const LARGEST_PAGE = 100;
const BURST_MS = 100;

/** Everything the tab knows and does, without a screen. All reading is by query: events only say "read again" (F28). */
export function createInbox({ api, memory, newId, onSignIn }: InboxDeps): Inbox {
  const store = createStore<InboxState>(initialState);
  const notify: Around['notify'] = (kind, name = null) => store.set({ notice: { kind, name } });

  function explain(error: unknown): void {
    const wrong = whatWentWrong(error);
    if ('signIn' in wrong) onSignIn(wrong.signIn);
    else store.set({ notice: wrong.notice });
  }

  async function readList(): Promise<void> {
    const { view, district, items: shown, list } = store.get();
    const deep = list === 'ready' ? shown.length : 0;
    // Closed conversations do not move: what was scrolled to is left alone.
    if (view === 'closed' && deep > LARGEST_PAGE) return;
    // By id: rows can move from one page to the next while they are read.
    const read = new Map<string, Item>();
    let cursor: string | null = null;
    do {
      const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, deep - read.size));
      const page = await api.list({ view, district, cursor, limit });
      for (const item of page.items) read.set(item.id, item);
      cursor = page.next;
    } while (cursor && read.size < deep);
    const items = [...read.values()];
    const now = store.get();
    if (now.view !== view || now.district !== district) return;
    store.set({ items, next: cursor, list: 'ready', alarm: newAlarm(now, view, items) ?? now.alarm });
  }

  async function readOpened(): Promise<void> {
    const { openId, opened: before } = store.get();
    if (!openId) return;
    try {
      const opened = await api.open(openId);
      if (store.get().openId !== openId) return;
      store.set({ opened, conversation: 'ready' });
      if (before?.conversation.id === openId && rank(opened.conversation) > rank(before.conversation))
        notify('raised', opened.conversation.risk);
    } catch (error) {
      if (store.get().openId !== openId) return;
      // Not ours any more: nothing of it stays on the screen (F15); the drafts do.
      const gone = error instanceof Refused && (error.status === 404 || error.status === 403);
      if (gone) return store.set({ opened: null, conversation: 'gone' });
      if (!before) store.set({ conversation: 'failed' });
      throw error;
    }
  }

  async function readAll(): Promise<void> {
    const me = store.get().me ?? (await api.me());
    store.set({ me });
    const results = await Promise.allSettled([
      readList(),
      readOpened(),
      api.counts().then((counts) => store.set({ counts })),
    ]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  let running: Promise<void> | null = null;
  let again = false;
  async function refresh(): Promise<void> {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        await readAll().catch((error) => {
          if (store.get().list === 'loading') store.set({ list: 'failed' });
          // A reading that fails is repeated by itself; only what the reader must act on is said.
          if (error instanceof SignInNeeded || error instanceof Outdated || error instanceof Refused) explain(error);
        });
      }
      running = null;
    })();
    return running;
  }

  let soon = false;
  const around: Around = { api, store, refresh, notify, explain };
  const drafts = createDrafts(store, memory);

  return {
    get: store.get,
    subscribe: store.subscribe,
    ...drafts,
    ...createSending(around, { memory, newId, setDraft: drafts.setDraft }),
    ...createVerbs(around),
    refresh,
    touch() {
      if (soon) return;
      soon = true;
      setTimeout(() => {
        soon = false;
        void refresh();
      }, BURST_MS);
    },
    show(view) {
      store.set({ view, items: [], next: null, list: 'loading', alarm: null });
      void refresh();
    },
    filter(district) {
      store.set({ district, items: [], next: null, list: 'loading' });
      void refresh();
    },
    async more() {
      const { view, district, next, items } = store.get();
      if (!next) return;
      const page = await api.list({ view, district, cursor: next, limit: LARGEST_PAGE }).catch(explain);
      const now = store.get();
      if (!page || now.next !== next || now.items !== items) return;
      store.set({
        items: [...new Map([...items, ...page.items].map((item) => [item.id, item])).values()],
        next: page.next,
      });
    },
    open(id) {
      if (store.get().openId === id) return;
      store.set({ openId: id, opened: null, conversation: 'loading', notice: null });
      drafts.enter(id);
      if (id) void refresh();
    },
    setLink: (linkUp) => store.set({ linkUp }),
    dismiss: () => store.set({ notice: null }),
  };
}

const RANKS = ['none', 'elevated', 'urgent', 'emergency'];
const rank = (item: Item): number => RANKS.indexOf(item.risk);

function newAlarm(before: InboxState, view: ViewName, items: Item[]): Item | null {
  if (view !== 'waiting' || before.list !== 'ready') return null;
  const known = new Map(before.items.map((item) => [item.id, rank(item)]));
  return items.find((item) => rank(item) >= 2 && rank(item) > (known.get(item.id) ?? -1)) ?? null;
}
