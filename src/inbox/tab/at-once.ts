import { TOKEN, WORKER } from './keys.ts';
import { listPath } from './list-path.ts';
import { openMemory } from './memory.ts';
import { firstPage, shownFirst } from './shown.ts';

/** On their way, by who asks and for what. Each is the answer to the first such call and to no other. */
const asked = new Map<string, Promise<Response>>();
const BASE = '/api/inbox/';
const TIMEOUT_MS = 15_000;

/**
 * Loaded before all else, so that who reads and what they will see first come while the page's own code is still on its way. Only where a
 * token lies ready: in Teams it has yet to be asked for. An answer counts as any other does, a refusal too; what nobody calls for
 * (another worker's) is thrown away unread.
 */
export function askAtOnce(window: Window): void {
  const query = new URLSearchParams(window.location.search);
  const memory = openMemory(window);
  const token = memory.read(TOKEN);
  const worker = query.get('worker');
  if (!token || window.parent !== window || (worker && worker !== memory.read(WORKER))) return;
  for (const path of ['me', listPath(firstPage(shownFirst(memory, query)))]) {
    const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
    const answer = fetch(BASE + path, { headers, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    // Whoever calls for it hears of it.
    answer.catch(() => undefined);
    asked.set(`${headers.authorization} ${BASE}${path}`, answer);
  }
}

/** `fetch`, with what was asked at once. */
export const fetchOnce: typeof fetch = (input, init) => {
  const key = `${new Headers(init?.headers).get('authorization')} ${String(input)}`;
  const answer = asked.get(key);
  asked.delete(key);
  return answer ?? fetch(input, init);
};
