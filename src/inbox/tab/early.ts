// First of all imports.
import './asked.ts';
import { type Api, createApi } from './api.ts';
import { fetchOnce } from './at-once.ts';
import { type Desk, openDesk } from './desk.ts';
import type { Host } from './host.ts';
import { openMemory } from './memory.ts';
import { openHost } from './open-host.ts';
import { createSession } from './session.ts';
import { keepShown, shownFirst } from './shown.ts';

/** What runs before React is there; the configuration page has no desk. */
interface Early {
  host: Host;
  openApi(): Api;
  desk: Desk | null;
}

async function begin(): Promise<Early> {
  const memory = openMemory(window);
  const host = await openHost(window);
  const { hostname, search } = window.location;
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  const session = createSession({ host, memory, fetch: fetchOnce, local });
  const openApi = () => createApi({ session, fetch: fetchOnce });
  if (!document.getElementById('root')) return { host, openApi, desk: null };
  const query = new URLSearchParams(search);
  keepShown(memory, shownFirst(memory, query));
  return { host, openApi, desk: openDesk({ host, memory, session, openApi, worker: query.get('worker') }) };
}

/** The page's first script: where it runs, who reads and what they will see is found out while React is being fetched. */
export const early = begin();
