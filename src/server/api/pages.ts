import { html } from 'hono/html';
import type { Door } from '../auth/door.ts';

export interface PagesDeps {
  /** The developers' try-it page instead of the plain one. */
  tryIt: boolean;
  /** Verified numbers only, 112 first. */
  contacts(language: string): { name: string; number: string }[];
  /** Live figures without persons: by district, whether people answer, and when they next do. */
  openings(): { name: string; open: boolean; when: string | null }[];
  /** Reference number of the disposal decision; null: nothing is deleted by schedule, and the page says so. */
  retentionDecision: string | null;
  /** Days after the last word; null: see above. */
  keptDays: number | null;
}

/** The public pages of the service in Swedish. They load nothing from elsewhere and set no cookie (G3). */
export function publicPages(door: Door, deps: PagesDeps): void {
  door.on('public', 'get', '/', (c) => c.html(deps.tryIt ? tryIt() : front(deps)));
  door.on('public', 'get', '/about', (c) => c.html(about(deps)));
  door.on('public', 'get', '/privacy', (c) => c.html(privacy(deps)));
  door.on('public', 'get', '/accessibility', (c) => c.html(accessibility()));
  door.on('public', 'get', '/pages.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
}

const STYLE = `
:root{color-scheme:light dark;--paper:#FBFAF7;--ink:#1F2421;--accent:#1E5B4F;--line:#DAD7CF}
@media(prefers-color-scheme:dark){:root{--paper:#15181A;--ink:#ECEAE4;--accent:#8FD0BF;--line:#3A4043}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.45 system-ui,sans-serif}
main{max-width:42rem;margin:0 auto;padding:24px 16px}a{color:var(--accent)}h1{font-size:1.6rem}li{margin:8px 0}
.try{background:#EDEAE2}@media(prefers-color-scheme:dark){.try{background:#0E1011}}
.desk{display:flex;flex-wrap:wrap;gap:24px;justify-content:center;align-items:flex-start;padding:24px 16px}
.device{margin:0;background:#2A2E30;padding:10px;border-radius:28px;box-shadow:0 2px 10px #0003}
.device figcaption{color:#ECEAE4;font-size:14px;padding:4px 8px 10px}
.device iframe{display:block;border:0;border-radius:18px;background:var(--paper);width:320px;height:600px;max-width:calc(100vw - 52px)}
.laptop{border-radius:14px;flex:1 1 760px;max-width:1180px}.laptop iframe{width:100%;border-radius:6px}
.cards{display:flex;flex-wrap:wrap;gap:16px;justify-content:center;padding:0 16px 32px;max-width:1240px;margin:0 auto}
.card{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:16px;flex:1 1 260px}
.card h2{margin:0 0 8px;font-size:1rem}.card p{margin:0}header{text-align:center;padding:24px 16px 0}header h1{margin:0}`;

const page = (title: string, body: ReturnType<typeof html>, kind = 'plain') =>
  html`<!doctype html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/pages.css"></head><body class="${kind}">${body}</body></html>`;

const numbers = (deps: PagesDeps) =>
  html`<ul>${deps
    .contacts('sv')
    .map((c) => html`<li><a href="tel:${c.number.replaceAll(/[^\d+]/g, '')}">${c.number}</a> ${c.name}</li>`)}</ul>`;

const front = (deps: PagesDeps) =>
  page(
    'Chatt',
    html`<main><h1>Prata med oss</h1>
<p>Här kan du skriva till Stockholms stads socialtjänst. Du behöver inte säga vem du är. En chattbot svarar först, en människa tar över när du vill.</p>
<p><a href="/chat">Öppna chatten</a></p><h2>Ring i stället</h2>${numbers(deps)}
<p><a href="/privacy">Det här sparar vi</a> · <a href="/about">Om tjänsten</a> · <a href="/accessibility">Tillgänglighet</a></p></main>`,
  );

/** One line when it is the same everywhere, else one for each district. */
const openingLines = (deps: PagesDeps) => {
  const said = deps.openings().map(({ name, open, when }) => {
    const shut = when ? `Ingen människa svarar just nu. Vi öppnar ${when}.` : 'Ingen människa svarar just nu.';
    return { name, line: open ? 'Människor svarar just nu.' : shut };
  });
  const [first] = said;
  if (first && said.every(({ line }) => line === first.line)) return html`<p>${first.line}</p>`;
  return html`<ul>${said.map(({ name, line }) => html`<li>${name}: ${line}</li>`)}</ul>`;
};

const about = (deps: PagesDeps) => {
  return page(
    'Om tjänsten',
    html`<main><h1>Om tjänsten</h1>
<p>En chattbot hos Stockholms stads socialtjänst svarar först. Den svarar med texter som människor har skrivit och granskat. Regler avgör vad som är fara; boten kan bara höja allvaret, aldrig sänka det.</p>
${openingLines(deps)}
<p>Chatten larmar inte ambulans eller polis. Vid fara: ring 112.</p></main>`,
  );
};

const privacy = (deps: PagesDeps) =>
  page(
    'Det här sparar vi',
    html`<main><h1>Det här sparar vi</h1>
<p>Vi sparar det du skriver, språket och stadsdelen, om du säger den. Vi sparar inte namn, adress till din dator eller vilken telefon du har. Skriver du ett personnummer, telefonnummer eller en e-postadress döljer vi det innan det sparas.</p>
<p>Texten är krypterad med en egen nyckel för varje samtal. Du kan radera din chatt i chattens meny, om den inte har blivit ett ärende.</p>
<p>${
      deps.keptDays !== null
        ? `Ett samtal som inte blir ett ärende raderas ${deps.keptDays} dagar efter det sista meddelandet${
            deps.retentionDecision ? `, enligt gallringsbeslut ${deps.retentionDecision}` : ''
          }.`
        : 'Det finns inget gallringsbeslut inlagt. Därför raderas inget av sig självt.'
    }</p>
<h2>Sekretess</h2><p>Vi har sekretess. Det betyder att vi oftast inte får berätta vidare. Men om ett barn far illa, eller om någon kan bli allvarligt skadad, måste eller får vi ibland göra det (offentlighets- och sekretesslagen 26 kap. 1 §, socialtjänstlagen 19 kap. 1 §).</p></main>`,
  );

const accessibility = () =>
  page(
    'Tillgänglighet',
    html`<main><h1>Tillgänglighet</h1>
<p>Tjänsten ska gå att använda av alla. Målet är WCAG 2.2 nivå AA. Chatten prövas med tangentbord, i 320 punkters bredd och med ett automatiskt verktyg. Den har ännu inte prövats av människor som använder skärmläsare varje dag.</p>
<p>Hittar du ett hinder? Skriv det i chatten, så läser en människa det.</p></main>`,
  );

/** A young person's chat, a relative's phone and the staff inbox side by side, all live (LOOK, try-it page). */
const tryIt = () =>
  page(
    'Utväg',
    html`<header><h1>Utväg</h1><p>Tre människor vid samma bord. Allt är på riktigt, utom telefonen och inloggningen.</p></header>
<div class="desk">
<figure class="device"><figcaption>En ung persons chatt</figcaption><iframe title="En ung persons chatt" src="/chat"></iframe></figure>
<figure class="device"><figcaption>En anhörigs telefon</figcaption><iframe title="En anhörigs telefon" src="/dev/phone"></iframe></figure>
<figure class="device laptop"><figcaption>Socialsekreterarens inkorg</figcaption><iframe title="Socialsekreterarens inkorg" src="/inbox/?worker=jarva-1"></iframe></figure>
</div>
<div class="cards">
<section class="card"><h2>1. Skriv i chatten</h2><p>”de säger att jag är skyldig pengar”. Säg sedan att du vill prata med en människa och att du bor i Rinkeby.</p></section>
<section class="card"><h2>2. Sms:a</h2><p>”min son har fått nya vänner”. Svara JA när boten frågar om du vill prata med en människa.</p></section>
<section class="card"><h2>3. Ta över som Järva 1</h2><p>Öppna samtalet i inkorgen, tryck Ta över och skriv något. Lämna sedan tillbaka till boten eller avsluta.</p></section>
</div>`,
    'try',
  );
