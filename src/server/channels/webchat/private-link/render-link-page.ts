import { directionOf } from '../../../../bot/widget/direction.ts';
import { escapeHtml as text } from '../../../../bot/widget/escape-html.ts';
import { catalogue, type Tag } from '../../../../bot/widget/texts/catalogue.ts';
import { linkTexts } from './texts.ts';

/** The page of a link that asks for a PIN, or that is dead (`null`). Works at 320 px; its title says nothing. */
export function renderLinkPage(ask: 'pick' | 'enter' | null, language: Tag, exitUrl: string): string {
  const { title, leaveNow } = catalogue[language].words;
  const words = linkTexts[language];
  const data = text(JSON.stringify({ words: { ...words }, language }));
  const form = `<h1><label for="pin">${text(ask === 'pick' ? words.pick : words.enter)}</label></h1>
<form data-page="${data}"><p id="shape">${text(words.label)}</p>
<input id="pin" name="pin" required inputmode="numeric" pattern="[0-9]{4,8}" maxlength="8" autocomplete="off" aria-describedby="shape">
<button>${text(words.open)}</button></form>${ask === 'enter' ? `<p>${text(words.taken)}</p>` : ''}
<noscript><p>${text(catalogue[language].noScript)}</p></noscript>`;
  return `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><title>${text(title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/chat/link.css"><script type="module" src="/chat/link.js"></script></head><body><main>
<p><a class="way-out" rel="noreferrer" href="${text(exitUrl)}">${text(leaveNow)}</a></p>
${ask ? form : `<h1>${text(title)}</h1>`}<p role="status">${ask ? '' : text(words.dead)}</p></main></body></html>`;
}
