import type { Writing } from '../wire.ts';
import { useInboxState, useText } from './inbox-context.ts';
import { mainLanguage, type Text } from './text.ts';

/** A topic's title in the reader's language, or null for an id that is no topic (a fixed line of the service). */
export const topicTitle = (titles: Writing['titles'] | undefined, id: string, text: Text): string | null =>
  titles?.[id]?.[mainLanguage(text) === 'sv' ? 'sv' : 'en'] ?? null;

export function useTopicTitle(): (id: string) => string | null {
  const titles = useInboxState((state) => state.writing?.titles);
  const text = useText();
  return (id) => topicTitle(titles, id, text);
}
