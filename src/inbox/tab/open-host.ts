import { conversationId } from './conversation-id.ts';
import type { Host } from './host.ts';

/**
 * Decides at once outside Teams; framed by a parent that never answers, after `patienceMs` (MICROSOFT.md §6).
 * teams-js is loaded only when there is somebody to talk to: a plain browser makes no request outside the city's server.
 */
export async function openHost(window: Window, patienceMs = 2_000): Promise<Host> {
  const browser = browserHost(window);
  const query = new URLSearchParams(window.location.search);
  // Teams frames the tab, or on phones shows it in a view of its own; a page that merely opened this one is not Teams.
  const framed = window.parent !== window || 'nativeInterface' in window;
  if (!framed || query.has('worker')) return browser;
  const silence = new Promise<null>((resolve) => window.setTimeout(() => resolve(null), patienceMs));
  const teams = import('./teams-host.ts').then(({ openTeams }) => openTeams()).catch(() => null);
  return (await Promise.race([teams, silence])) ?? browser;
}

function browserHost(window: Window): Host {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const contrast = window.matchMedia('(forced-colors: active)');
  return {
    kind: 'browser',
    locale: window.navigator.language,
    conversation: conversationId(window.location.hash.slice(1)),
    theme: () => (contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light'),
    onTheme(listener) {
      for (const query of [dark, contrast]) query.addEventListener('change', listener);
      return () => {
        for (const query of [dark, contrast]) query.removeEventListener('change', listener);
      };
    },
    token: null,
    ready: () => undefined,
  };
}
