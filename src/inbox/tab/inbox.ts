import type { Item } from '../wire.ts';
import { Refused, Unreachable } from './api.ts';
import type { Around, InboxDeps } from './around.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { newsOf } from './news-of.ts';
import { createPresence, type Presence } from './presence.ts';
import { createSending, type Sending } from './sending.ts';
import { SignInNeeded } from './session.ts';
import { type InboxState, initialState, type ViewName } from './state.ts';
import { createStore, type Store } from './store.ts';
import { createVerbs, type Verbs } from './verbs.ts';
import { whatWentWrong } from './what-went-wrong.ts';
import { gravity } from './worst-first.ts';

export interface Inbox extends Pick<Store<InboxState>, 'get' | 'subscribe'>, Verbs, Sending, Drafts, Presence {
  /** Reads the list, the counts and the open conversation again. Calls that overlap become one more reading. */
  refresh(): Promise<void>;
  /** A change was announced, in one conversation or anywhere: refresh soon, once for a burst. */
  touch(conversation?: string): void;
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
export function createInbox({ api, memory, newId, onSignIn, inSight }: InboxDeps): Inbox {
  const store = createStore<InboxState>(initialState);
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

  let openStale = false;
  async function readOpened(): Promise<void> {
    const { openId, opened: before } = store.get();
    // Each reading is audited and marks as read: not for other conversations' news, nor when nobody looks.
    if (!openId || !openStale || !inSight()) return;
    openStale = false;
    try {
      const opened = await api.open(openId);
      const now = store.get();
      if (now.openId !== openId) return;
      // Asked before a verb was done, answered after it: the verb's own answer is newer.
      if (now.opened && now.opened.conversation.version > opened.conversation.version) return;
      store.set({ opened, conversation: 'ready' });
      const notice = before?.conversation.id === openId ? newsOf(before, opened) : null;
      if (notice) store.set({ notice });
    } catch (error) {
      if (store.get().openId !== openId) return;
      // Not ours any more: nothing of it stays on the screen (F15); the drafts do.
      const gone = error instanceof Refused && (error.status === 404 || error.status === 403);
      if (gone) return store.set({ opened: null, conversation: 'gone' });
      if (!before) store.set({ conversation: 'failed' });
      throw error;
    }
  }

  /** Whether role and districts have been read since the last time they may have changed. */
  let meKnown = false;
  async function readMe(): Promise<void> {
    const me = (meKnown && store.get().me) || (await api.me());
    meKnown = true;
    if (me.districts.length === 0) throw new SignInNeeded('noDistrict');
    store.set({ me });
  }
  /** All at once, so that the first list is there after one round trip; who may not read hears why from `readMe`, which counts first. */
  async function readAll(): Promise<void> {
    const results = await Promise.allSettled([
      readMe(),
      readList(),
      readOpened(),
      api.counts().then((counts) => store.set({ counts })),
      api.offers().then(({ items }) => store.set({ offers: items })),
    ]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** A reading that fails is repeated by itself: it is said that what is shown may be old, and what the reader must do. */
  function failed(error: unknown): void {
    const unreachable = error instanceof Unreachable;
    store.set({ reachable: !unreachable, ...(store.get().list === 'loading' ? { list: 'failed' } : {}) });
    if (!unreachable) explain(error);
  }

  let running: Promise<void> | null = null;
  let again = false;
  async function refresh(): Promise<void> {
    openStale = true;
    return read();
  }
  async function read(): Promise<void> {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        await readAll().then(() => store.set({ reachable: true }), failed);
      }
      running = null;
    })();
    return running;
  }

  let soon = false;
  const around: Around = { api, store, refresh, explain };
  const drafts = createDrafts(store, memory);

  return {
    get: store.get,
    subscribe: store.subscribe,
    ...drafts,
    ...createSending(around, { memory, newId, setDraft: drafts.setDraft }),
    ...createVerbs(around),
    ...createPresence(around),
    refresh,
    touch(conversation) {
      if (conversation === undefined) meKnown = false;
      if (conversation === undefined || conversation === store.get().openId) openStale = true;
      if (soon) return;
      soon = true;
      setTimeout(() => {
        soon = false;
        void read();
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
      openStale = true;
      // Not in line behind a reading of the list: somebody is waiting for this one.
      void readOpened().catch(failed);
    },
    setLink: (linkUp) => store.set({ linkUp }),
    dismiss: () => store.set({ notice: null }),
  };
}

const rank = (item: Item): number => gravity(item.risk);

function newAlarm(before: InboxState, view: ViewName, items: Item[]): Item | null {
  if (view !== 'waiting' || before.list !== 'ready') return null;
  const known = new Map(before.items.map((item) => [item.id, rank(item)]));
  return items.find((item) => rank(item) >= 2 && rank(item) > (known.get(item.id) ?? -1)) ?? null;
}
