import { afterPaint } from './after-paint.ts';
import type { Api } from './api.ts';
import { createBell } from './bell.ts';
import type { Host } from './host.ts';
import { createInbox, type Inbox } from './inbox.ts';
import type { Memory } from './memory.ts';
import { type Session, SignInNeeded, type SignInTrouble } from './session.ts';
import { createStore, type Store } from './store.ts';

/** The inbox of whoever is signed in, and why nobody is; neither while that is being found out. */
export interface DeskState {
  work: { inbox: Inbox; api: Api } | null;
  trouble: SignInTrouble | null;
}

export interface Desk extends Pick<Store<DeskState>, 'get' | 'subscribe'> {
  host: Host;
  /** The first list is there, or it is known why not. */
  begun: Promise<void>;
  signIn(worker: string): Promise<void>;
  signOut(): void;
  /** To be called when the page has been drawn for the first time. */
  drawn(): void;
  retry(): void;
}

interface DeskDeps {
  host: Host;
  memory: Memory;
  session: Session;
  openApi(): Api;
  /** Who is to be signed in: the try-it page names a worker in the address. A reload of the same worker keeps the token. */
  worker: string | null;
}

/** Signs in and begins the work; when the token is lost, signs in again. Drafts and unsent texts live in `memory` meanwhile. */
export function openDesk({ host, memory, session, openApi, worker }: DeskDeps): Desk {
  const store = createStore<DeskState>({ work: null, trouble: null });
  const drawn = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const painted = () => drawn.promise.then(afterPaint);
  const trouble = (why: SignInTrouble) => {
    store.set({ work: null, trouble: host.kind === 'teams' && why === 'choose' ? 'teams' : why });
    begun.resolve();
  };

  function begin(): void {
    const api = openApi();
    const inbox = createInbox({
      api,
      memory,
      newId: () => crypto.randomUUID(),
      inSight: () => document.visibilityState === 'visible',
      ring: createBell(window),
      now: Date.now,
      painted,
      onSignIn: (why) => store.get().work?.inbox === inbox && trouble(why),
    });
    store.set({ work: { inbox, api }, trouble: null });
    inbox.open(host.conversation);
    inbox.subscribe(() => inbox.get().list !== 'loading' && begun.resolve());
    void inbox.refresh();
  }

  async function signIn(worker: string): Promise<void> {
    await session.signIn(worker).then(
      () => begin(),
      (error: unknown) => trouble(error instanceof SignInNeeded ? error.trouble : 'unreachable'),
    );
  }

  if (worker && worker !== session.worker()) void signIn(worker);
  else begin();

  return {
    host,
    begun: begun.promise,
    get: store.get,
    subscribe: store.subscribe,
    signIn,
    drawn: drawn.resolve,
    signOut() {
      session.signOut();
      trouble('choose');
    },
    retry() {
      // Framed but taken for a plain browser: Teams may have answered too late, only a new start asks it again.
      if (store.get().trouble === 'elsewhere') window.location.reload();
      else begin();
    },
  };
}
