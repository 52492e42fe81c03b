import { type Alarms, createAlarms } from './alarms.ts';
import { Refused, Unreachable } from './api.ts';
import type { Around, InboxDeps } from './around.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createLists, type Lists } from './lists.ts';
import { newsOf } from './news-of.ts';
import { createPresence, type Presence } from './presence.ts';
import { createSending, type Sending } from './sending.ts';
import { SignInNeeded } from './session.ts';
import { type InboxState, initialState } from './state.ts';
import { createStore, type Store } from './store.ts';
import { createVerbs, type Verbs } from './verbs.ts';
import { whatWentWrong } from './what-went-wrong.ts';
import { createWriting, type WritingAids } from './writing.ts';

export interface Inbox
  extends Pick<Store<InboxState>, 'get' | 'subscribe'>,
    Pick<Alarms, 'silence' | 'setSound'>,
    Lists,
    Verbs,
    Sending,
    Drafts,
    Presence,
    WritingAids {
  /** Reads the list, the counts and the open conversation again. Calls that overlap become one more reading. */
  refresh(): Promise<void>;
  /** A change was announced, in one conversation or anywhere: refresh soon, once for a burst. */
  touch(conversation?: string): void;
  open(id: string | null): void;
  setLink(up: boolean): void;
  dismiss(): void;
  /** Whether single keys act, in this browser tab. */
  setShortcuts(on: boolean): void;
}

/** So many of the queue's first are watched whatever is shown: red comes first. */
const WATCHED = 50;
const SHORTCUTS = 'utvag.shortcuts';
const BURST_MS = 100;

/** Everything the tab knows and does, without a screen. All reading is by query: events only say "read again" (F28). */
export function createInbox(deps: InboxDeps): Inbox {
  const { api, memory, newId, onSignIn, inSight, ring, now, painted = async () => undefined } = deps;
  const store = createStore<InboxState>({ ...initialState, shortcuts: memory.read(SHORTCUTS) !== 'off' });
  const alarms = createAlarms({ store, memory, ring, now });
  function explain(error: unknown): void {
    const wrong = whatWentWrong(error);
    if ('signIn' in wrong) onSignIn(wrong.signIn);
    else store.set({ notice: wrong.notice });
  }

  /** What may alarm is read whatever is shown; a list that was just read is not read again. */
  async function readWatched(): Promise<void> {
    const { view, filters, items, list } = store.get();
    const all = list === 'ready' && Object.values(filters).every((value) => value === undefined);
    const [waiting = [], mine = []] = await Promise.all(
      (['waiting', 'mine'] as const).map(async (each) =>
        each === view && all ? items : (await api.list({ view: each, cursor: null, limit: WATCHED })).items,
      ),
    );
    const { opened } = store.get();
    const open = opened && !mine.some(({ id }) => id === opened.conversation.id) ? [opened.conversation] : [];
    alarms.watch(waiting, [...mine, ...open]);
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
      const read = { ...opened.conversation, unread: 0 };
      store.set({ opened, conversation: 'ready', items: now.items.map((item) => (item.id === openId ? read : item)) });
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
    writing.readBlur();
  }
  /**
   * What is looked at comes first, and is drawn before the rest is asked for; who may not read hears why from `readMe`, which counts
   * before all.
   */
  async function readAll(whole: boolean): Promise<void> {
    const me = readMe();
    const shown = Promise.allSettled([readList(whole), readOpened()]);
    const rest = shown
      .then(painted)
      .then(() =>
        Promise.allSettled([
          readWatched(),
          api.counts().then((counts) => store.set({ counts })),
          store.get().writing ?? api.writing().then((writing) => store.set({ writing })),
          api.offers().then(({ items }) => store.set({ offers: items })),
        ]),
      );
    await me;
    for (const result of [...(await shown), ...(await rest)]) if (result.status === 'rejected') throw result.reason;
  }

  /** A reading that fails is repeated by itself: it is said that what is shown may be old, and what the reader must do. */
  function failed(error: unknown): void {
    const unreachable = error instanceof Unreachable;
    store.set({ reachable: !unreachable, ...(store.get().list === 'loading' ? { list: 'failed' } : {}) });
    if (!unreachable) explain(error);
  }

  let running: Promise<void> | null = null;
  let again = false;
  let wholeStale = false;
  async function refresh(): Promise<void> {
    openStale = true;
    wholeStale = true;
    return read();
  }
  async function read(): Promise<void> {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        const whole = wholeStale;
        wholeStale = false;
        await readAll(whole).then(() => store.set({ reachable: true }), failed);
      }
      running = null;
    })();
    return running;
  }

  let soon = false;
  const around: Around = { api, store, refresh, explain };
  const drafts = createDrafts(store, memory);
  const { readList, ...lists } = createLists({ ...around, memory });
  const presence = createPresence(around);
  const writing = createWriting(around, { memory, drafts });

  return {
    get: store.get,
    subscribe: store.subscribe,
    ...drafts,
    ...writing,
    ...createSending(around, { memory, newId, drafts }),
    ...createVerbs(around),
    ...lists,
    silence: alarms.silence,
    setSound: alarms.setSound,
    readHours: () => presence.readHours().then(alarms.judge),
    setDuty: (...to) => presence.setDuty(...to).then(alarms.judge),
    refresh,
    touch(conversation) {
      if (conversation === undefined) meKnown = false;
      if (conversation === undefined) wholeStale = true;
      if (conversation === undefined || conversation === store.get().openId) openStale = true;
      if (soon) return;
      soon = true;
      setTimeout(() => {
        soon = false;
        void read();
      }, BURST_MS);
    },
    open(id) {
      if (store.get().openId === id) return;
      store.set({ openId: id, opened: null, conversation: 'loading', notice: null, revealed: false });
      drafts.enter(id);
      if (id) alarms.silence(id);
      openStale = true;
      // Not in line behind a reading of the list: somebody is waiting for this one.
      void readOpened().catch(failed);
    },
    setLink: (linkUp) => store.set({ linkUp }),
    dismiss: () => store.set({ notice: null }),
    setShortcuts(on) {
      memory.write(SHORTCUTS, on ? null : 'off');
      store.set({ shortcuts: on });
    },
  };
}
