import { useSyncExternalStore } from 'react';

/** One pane at a time, and everything pressed is large enough for a thumb (page.css). */
export const NARROW = '(max-width: 699px)';

const query = () => window.matchMedia(NARROW);

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query().matches);

function subscribe(listener: () => void): () => void {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}
