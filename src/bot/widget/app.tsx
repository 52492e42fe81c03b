/** @jsxImportSource preact */
import { render } from 'preact';
import type { ChatData, FirstWord } from '../wire.ts';
import { createClient } from './client.ts';
import { describePage } from './describe-page.ts';
import { cameBack, goAway, isEmbedded, onThreeShifts, tellHost } from './exit.ts';
import { fetchJson } from './fetch-json.ts';
import { keepAboveKeyboard } from './keep-above-keyboard.ts';
import { keepPlace } from './keep-place.ts';
import { loadPanels } from './load-panels.ts';
import { Page } from './page.tsx';
import type { PanelName } from './panels/panel-api.ts';
import { createSession } from './session.ts';
import './style.css';
import { takeOver } from './take-over.ts';

const app = document.getElementById('app');
if (app) start(app, JSON.parse(document.getElementById('data')?.textContent ?? ''));

function start(root: HTMLElement, first: ChatData): void {
  let data = first;
  const session = createSession();
  const kept = session.get();
  const language = { tag: data.language, chosen: false };
  // What was written before this script was here stands in the field the server drew.
  let draft = root.querySelector('textarea')?.value || (kept.draft ?? '');
  let covered = kept.covered ?? (cameBack() && !kept.token && !draft && !isEmbedded());
  let panel: PanelName | null = null;
  let [visits, asked] = [0, ''];
  let drawing = false;
  let trouble = false;
  let seen = 0;
  let atEnd = true;
  const client = createClient(data.link, session, language, drawSoon);
  keepAboveKeyboard(follow);
  onThreeShifts(leave);
  addEventListener('message', ({ source, data: said }) => {
    if (isEmbedded() && source === parent && said?.chat === 'leave') leave();
  });
  // Another page of this tab was left while this one lay in the browser's cache.
  addEventListener('pageshow', (event) => event.persisted && session.isOrphan() && leave());
  draw();
  takeOver();
  if (kept.language && kept.language !== data.language) void speak(kept.language, false);

  /** What the network brings comes in bursts: they are drawn once. What a finger does is drawn at once. */
  function drawSoon(): void {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(draw);
    // A page that is out of sight has no frames, and must be right when it is looked at.
    if (document.hidden) draw();
  }

  function draw(): void {
    drawing = false;
    const { conversation } = client;
    const begun = isWritten() || session.get().token !== undefined;
    describePage(data.language, covered ? data.words.cover : data.words.title);
    render(
      <Page
        {...{ data, conversation, begun, covered, panel, draft, hide, leave, open, edit, send, say }}
        speaker={client.speaker(data.words) ?? data.words.bot}
        online={client.online && !trouble}
        choose={(tag) => void speak(tag, true)}
        retry={client.retry}
        handover={client.handover}
        scrolled={noteEnd}
      />,
      root,
    );
    if (conversation.pending.length > seen) atEnd = true;
    seen = conversation.pending.length;
    follow();
  }

  /** Another language is fetched when somebody wants it; until it is here the old one stays. */
  async function speak(tag: string, chosen: boolean): Promise<void> {
    asked = tag;
    const other = await fetchJson<ChatData>(`/chat/data?lang=${tag}`);
    if (asked !== tag) return;
    data = other ?? data;
    if (other) session.set({ language: tag });
    if (other && chosen) client.setLanguage(tag);
    else language.tag = data.language;
    language.chosen ||= other !== null;
    trouble = !other;
    if (follows()) draw();
    else keepPlace(draw);
    if (panel) await show(panel);
  }

  function edit(text: string): void {
    draft = text;
    session.set({ draft });
    if (text) client.typing();
    draw();
  }

  function send(text: string): void {
    draft = '';
    session.set({ draft });
    client.send(text);
    draw();
  }

  /** What was tapped is gone with the tap: whoever came by keyboard goes on from the conversation. */
  function say(text: string, firstWord?: FirstWord): void {
    client.send(text, firstWord);
    draw();
    focus('.scroll');
  }

  /** A panel takes the place of the conversation; leaving and hiding stay where they are. */
  function open(name: PanelName): Promise<void> {
    visits++;
    return show(name);
  }

  async function show(name: PanelName): Promise<void> {
    const place = root.querySelector<HTMLElement>('.panel');
    const panels = await loadPanels(data);
    trouble = !panels;
    panel = panels && name;
    draw();
    if (!panels || !place) return;
    const { token, from } = session.get();
    panels.mount(place, name, visits, {
      ...{ data, t: panels.t, close, begun: token !== undefined, hasEarlier: Boolean(from), ask: client.ask },
      own: client.conversation.entries.filter((e) => e.author === 'visitor'),
      join(opened: Parameters<typeof client.join>[0], from: string) {
        client.join(opened, from);
        close();
      },
      showEarlier() {
        client.join({}, '');
        close();
      },
      erased: client.forgetAll,
      choose(text: string, firstWord: FirstWord) {
        close();
        say(text, firstWord);
      },
    });
  }

  function close(): void {
    const was = panel;
    panel = null;
    draw();
    if (was) focus('.scroll');
  }

  /** "Someone is coming": the chat stays, out of sight. */
  function hide(): void {
    if (isEmbedded()) tellHost({ chat: 'hide' });
    else covered = !covered;
    session.set({ covered });
    draw();
    focus(covered ? '.cover button' : 'textarea');
  }

  function focus(place: string): void {
    root.querySelector<HTMLElement>(place)?.focus();
  }

  function leave(): void {
    goAway(data.exitUrl);
    client.leave();
    draft = '';
  }

  function noteEnd({ currentTarget: log }: { currentTarget: HTMLElement }): void {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  }

  /**
   * The newest is in sight, unless somebody is reading further up. Before the first word that is the card's beginning; an answer
   * longer than the screen is shown from its beginning, where 112 stands.
   */
  function follow(): void {
    const log = root.querySelector('.scroll');
    if (!log || !follows()) return;
    const last = log.querySelector('ol')?.lastElementChild;
    const answer = !last?.matches('.visitor,.typing') && last;
    const below = answer ? answer.getBoundingClientRect().top - log.getBoundingClientRect().top : log.scrollHeight;
    log.scrollTop += below;
  }
  function follows(): boolean {
    return atEnd && isWritten();
  }
  function isWritten(): boolean {
    const { entries, pending } = client.conversation;
    return entries.length + pending.length > 0;
  }
}
