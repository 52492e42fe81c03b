import type { ChatData } from '../wire.ts';

/** The page's data in another language; null when it cannot be had now. */
export const fetchData = (tag: string): Promise<ChatData | null> =>
  fetch(`/chat/data?lang=${tag}`, { cache: 'no-store' })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
