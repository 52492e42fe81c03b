import type { ChatData, PanelData } from '../wire.ts';
import { fetchJson } from './fetch-json.ts';

let tries = 0;

/** The panels' code and their words in the page's language; null when either cannot be had now. */
export async function loadPanels({ panels, language }: ChatData) {
  const [code, t] = await Promise.all([
    // A module that could not be had is not asked for again under the same name.
    import(/* @vite-ignore */ `${panels}?${tries}`).catch(() => null),
    fetchJson<PanelData>(`/chat/panels?lang=${language}`),
  ]);
  if (!code) tries++;
  return code && t ? { mount: code.mount, t } : null;
}
