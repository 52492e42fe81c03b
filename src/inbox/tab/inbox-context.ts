import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Inbox } from './inbox.ts';
import type { InboxState } from './state.ts';
import type { Text } from './text.ts';
import { sv } from './text-sv.ts';

export const TextContext = createContext<Text>(sv);
export const InboxContext = createContext<Inbox | null>(null);

export const useText = (): Text => useContext(TextContext);

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('outside the inbox');
  return inbox;
}

/** Draws again when the picked part changes; `pick` must return a part as it is, not a new object. */
export function useInboxState<T>(pick: (state: InboxState) => T): T {
  const inbox = useInbox();
  return useSyncExternalStore(
    inbox.subscribe,
    useCallback(() => pick(inbox.get()), [inbox, pick]),
  );
}
