import { panelWordsFor } from '../../../bot/widget/panels/text.ts';
import type { ChatData } from '../../../bot/wire.ts';
import { escapeHtml as text } from './escape-html.ts';

/** Without JavaScript (W5): a way out as a link, numbers to call, what one should know, how to leave without a trace. */
export function renderPlainPage(data: ChatData, style: string): string {
  const { words } = data;
  const panels = panelWordsFor(data.language);
  const needs =
    data.language === 'sv'
      ? 'Chatten behöver JavaScript, som är avstängt här. Du kan ringa i stället:'
      : 'The chat needs JavaScript, which is turned off here. You can call instead:';
  const numbers = data.contacts.map(({ name, number, detail = '' }) => {
    const link = `<a href="tel:${number.replace(/[^\d+]/g, '')}">${text(number)}</a>`;
    return `<li>${link} ${text([name, detail].filter(Boolean).join('. '))}</li>`;
  });
  const lines = (all: string[]) => all.map((line) => `<p>${text(line)}</p>`).join('');
  return `<!doctype html><html lang="${text(data.language)}"><head><meta charset="utf-8"><title>${text(words.title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><style>${style}</style></head><body><main class="still">
<p><a class="way-out" rel="noreferrer" href="${text(data.exitUrl)}">${text(words.leaveNow)}</a></p>
<h1>${text(words.title)}</h1>${lines(data.card)}<p>${needs}</p><ul>${numbers.join('')}</ul>
<h2>${text(panels.before)}</h2>${lines(panels.beforeText)}<h2>${text(panels.leaving)}</h2>${lines(panels.leavingText)}
</main></body></html>`;
}
