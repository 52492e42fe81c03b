import { useSyncExternalStore } from 'react';
import { createStore } from './store.ts';

export type Parts = typeof import('./later-parts.ts');

const store = createStore<{ parts: Parts | null; failed: boolean }>({ parts: null, failed: false });
let asked = false;

/** What the first list is drawn without: conversations, dialogs, signing in. Asked for again after a failure. */
export function fetchLater(): void {
  if (asked) return;
  asked = true;
  import('./later-parts.ts').then(
    (parts) => store.set({ parts, failed: false }),
    () => {
      asked = false;
      store.set({ failed: true });
    },
  );
}

/** Those parts, null until they have come; `failed`: the service is out of reach, or newer than this page. */
export const useLater = () => useSyncExternalStore(store.subscribe, store.get);
