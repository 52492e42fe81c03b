/** @jsxImportSource preact */
import { render } from 'preact';
import type { ChatData } from '../wire.ts';
import { createClient } from './client.ts';
import { Composer } from './composer.tsx';
import { goAway, isEmbedded, tellHost } from './exit.ts';
import { Head } from './head.tsx';
import { keepAboveKeyboard } from './keep-above-keyboard.ts';
import { MessageLog } from './message-log.tsx';
import { createSession } from './session.ts';
import './style.css';
import { fetchData } from './fetch-data.ts';
import { Welcome } from './welcome.tsx';

start(document.getElementById('app'), JSON.parse(document.getElementById('data')?.textContent ?? ''));

function start(root: HTMLElement | null, first: ChatData): void {
  if (!root) return;
  let data = first;
  const session = createSession();
  const kept = session.get();
  const language = { tag: data.language, chosen: false };
  let draft = kept.draft ?? '';
  let hidden = false;
  let seen = 0;
  let atEnd = true;
  const client = createClient(session, language, draw);
  keepAboveKeyboard(follow);
  draw();
  if (kept.language && kept.language !== data.language) void speak(kept.language, false);

  function draw(): void {
    if (!root) return;
    const { conversation } = client;
    const t = data.words;
    document.documentElement.lang = data.language;
    document.title = t.title;
    render(
      <>
        <div class="chat" inert={hidden}>
          <Head
            {...{ data, conversation, hide, leave }}
            online={client.online}
            choose={(tag) => void speak(tag, true)}
          />
          <main>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard. */}
            <section class="scroll" tabIndex={0} aria-label={t.log} onScroll={noteEnd}>
              <Welcome data={data} />
              <MessageLog conversation={conversation} t={t} choose={client.send} retry={client.retry} />
            </section>
            {(conversation.owner === 'bot' || conversation.owner === 'closed') && (
              <button type="button" class="human" onClick={() => client.handover(t.wantHuman)}>
                {t.human}
              </button>
            )}
            <Composer {...{ draft, t, edit, send }} />
          </main>
        </div>
        {hidden && (
          <div class="cover">
            <button type="button" class="leave" onClick={hide}>
              {t.show}
            </button>
          </div>
        )}
      </>,
      root,
    );
    if (conversation.pending.length > seen) atEnd = true;
    seen = conversation.pending.length;
    follow();
  }

  /** Another language is fetched when somebody wants it; until it is here the old one stays. */
  async function speak(tag: string, chosen: boolean): Promise<void> {
    const other = await fetchData(tag);
    data = other ?? data;
    if (other) session.set({ language: tag });
    if (other && chosen) client.setLanguage(tag);
    else language.tag = data.language;
    language.chosen ||= other !== null;
    draw();
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
  }

  /** "Someone is coming": the chat stays, out of sight. */
  function hide(): void {
    if (isEmbedded()) tellHost({ chat: 'hide' });
    else hidden = !hidden;
    draw();
    root?.querySelector<HTMLElement>(hidden ? '.cover button' : 'textarea')?.focus();
  }

  function leave(): void {
    goAway(data.exitUrl);
    client.leave();
    if (root) render(null, root);
  }

  function noteEnd({ currentTarget: log }: { currentTarget: HTMLElement }): void {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  }

  /** The newest is in sight, unless somebody is reading further up. */
  function follow(): void {
    const log = root?.querySelector('.scroll');
    if (log && atEnd) log.scrollTop = log.scrollHeight;
  }
}
