import { directionOf } from '../../../bot/widget/direction.ts';
import type { ChatData } from '../../../bot/wire.ts';
import { escapeHtml as text } from './escape-html.ts';

/**
 * The chat as a page of its own: one file, app and style inline. Without JavaScript it goes on to a page of numbers to call.
 * The title and the icon say nothing (LOOK).
 */
export function renderChatPage(data: ChatData, { script, style }: { script: string; style: string }): string {
  return `<!doctype html><html lang="${text(data.language)}" dir="${directionOf(data.language)}"><meta charset="utf-8"><title>${text(data.words.title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content">
<meta name="robots" content="noindex"><link rel="icon" href="data:,">
<noscript><meta http-equiv="refresh" content="0;url=/chat/plain?lang=${text(data.language)}"></noscript><style>${style}</style>
<div id="app"></div>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script><script>${script}</script>`;
}
