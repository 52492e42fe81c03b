import type { ChatData } from '../../../bot/wire.ts';

/** `fetchData` in the widget finds another language’s data by it. */
const DATA = '<script type="application/json" id="data">';

/**
 * The chat as a page of its own: one file, app and style inline. Without JavaScript it is a page of numbers to call.
 * The title and the icon say nothing (LOOK).
 */
export function renderChatPage({ data, script, style }: { data: ChatData; script: string; style: string }): string {
  const { words } = data;
  const noScript =
    data.language === 'sv'
      ? 'Chatten behöver JavaScript, som är avstängt här. Du kan ringa i stället:'
      : 'The chat needs JavaScript, which is turned off here. You can call instead:';
  const numbers = data.contacts.map(({ name, number, detail = '' }) => {
    const link = `<a href="tel:${number.replace(/[^\d+]/g, '')}">${text(number)}</a>`;
    return `<li>${link} ${text([name, detail].filter(Boolean).join('. '))}`;
  });
  return `<!doctype html><html lang="${text(data.language)}"><meta charset="utf-8"><title>${text(words.title)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content">
<meta name="robots" content="noindex"><link rel="icon" href="data:,"><style>${style}</style>
<div id="app"></div><noscript><main class="still"><h1>${text(words.title)}</h1>
${data.welcome.map((w) => `<p>${text(w)}`).join('')}<p>${noScript}<ul>${numbers.join('')}</ul>
<p><a rel="noreferrer" href="${text(data.exitUrl)}">${text(words.leave)}</a></main></noscript>
${DATA}${JSON.stringify(data).replaceAll('<', '\\u003c')}</script><script>${script}</script>`;
}

const text = (raw: string): string => raw.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
