import { directionOf, LATIN } from '../../../bot/widget/direction.ts';
import { escapeHtml as text } from '../../../bot/widget/escape-html.ts';
import { catalogue, type Tag } from '../../../bot/widget/texts/catalogue.ts';
import type { ChatData, PanelData } from '../../../bot/wire.ts';

/** Without JavaScript (W5): a way out as a link, numbers to call, what one should know, how to leave without a trace. */
export function renderPlainPage(data: ChatData, panels: PanelData, language: Tag, style: string): string {
  const { words } = data;
  const rtl = directionOf(language) === 'rtl';
  const prose = (line: string) => (rtl ? text(line).replace(EVERY_LATIN, '<bdi>$&</bdi>') : text(line));
  const lines = (all: Iterable<string>) => Array.from(all, (line) => `<p>${prose(line)}</p>`).join('');
  const numbers = data.contacts.map(({ name, number, detail = '' }) => {
    const link = `<a href="tel:${number.replace(/[^\d+]/g, '')}" dir="ltr">${text(number)}</a>`;
    return `<li>${link} ${prose([name, detail].filter(Boolean).join('. '))}</li>`;
  });
  const languages = Object.entries(data.languages).map(
    ([tag, name]) => `<a href="?lang=${tag}" lang="${tag}" dir="${directionOf(tag)}">${text(name)}</a>`,
  );
  const { unchecked } = panels;
  const english = unchecked?.english.map((line) => `<p lang="en" dir="ltr">${text(line)}</p>`).join('') ?? '';
  const note = unchecked ? `<div class="unchecked"><p>${text(unchecked.note)}</p>${english}</div>` : '';
  return `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><title>${text(words.title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><style>${style}</style></head><body><main class="still">
<p><a class="way-out" rel="noreferrer" href="${text(data.exitUrl)}">${text(words.leaveNow)}</a></p>
<h1>${text(words.title)}</h1>${lines(data.card)}<p>${prose(catalogue[language].noScript)}</p><ul>${numbers.join('')}</ul>
<h2>${text(panels.before)}</h2>${note}${lines(Object.values(panels.beforeText))}
<h2>${text(panels.work)}</h2>${lines(panels.door.text.split('\n\n'))}
<h2>${text(panels.leaving)}</h2>${lines(Object.values(panels.leavingText))}
<nav aria-label="${text(words.language)}">${languages.join('')}</nav></main></body></html>`;
}

const EVERY_LATIN = new RegExp(LATIN, 'gu');
