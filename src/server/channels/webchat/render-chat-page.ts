import { directionOf } from '../../../bot/widget/direction.ts';
import { escapeHtml as text } from '../../../bot/widget/escape-html.ts';
import type { ChatData } from '../../../bot/wire.ts';

/** What vite has made of the chat page's parts. */
export interface ChatPageParts {
  style: string;
  /** Of what a first visit does not show. */
  laterStyle: string;
  /** Runs before anything is drawn. */
  early: string;
  app: string;
  drawFirst(data: ChatData): string;
}

/**
 * The chat as a page of its own: one file, drawn already, so that one can read and write while the script that stands last is
 * still on its way. Without JavaScript it goes on to a page of numbers to call. The title and the icon say nothing (LOOK).
 */
export function renderChatPage(
  data: ChatData,
  { style, early, app, drawFirst }: ChatPageParts,
): [first: string, rest: string] {
  const first = `<!doctype html><html lang="${text(data.language)}" dir="${directionOf(data.language)}" class="live"><meta charset="utf-8"><title>${text(data.words.title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
<noscript><meta http-equiv="refresh" content="0;url=/chat/plain?lang=${text(data.language)}"></noscript><style>${style}</style>
<script>${early}</script><div id="app">${drawFirst(data)}</div>`;
  const rest = `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script><script>${app}</script>`;
  return [first, rest];
}
