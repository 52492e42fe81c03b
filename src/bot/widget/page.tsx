/** @jsxImportSource preact */
import type { ChatData, FirstWord } from '../wire.ts';
import { Composer } from './composer.tsx';
import type { Conversation } from './conversation.ts';
import { Cover } from './cover.tsx';
import { Crisis } from './crisis.tsx';
import { Head } from './head.tsx';
import { MessageLog } from './message-log.tsx';
import type { PanelName } from './panels/panel-api.ts';
import { Welcome } from './welcome.tsx';

/** What the page shows, and what its buttons do. */
export interface PageProps {
  data: ChatData;
  conversation: Conversation;
  /** Who answers, in words. */
  speaker: string;
  /** Something has been written. */
  begun: boolean;
  online: boolean;
  covered: boolean;
  panel: PanelName | null;
  draft: string;
  choose(language: string): void;
  hide(): void;
  leave(): void;
  open(name: PanelName): void;
  edit(draft: string): void;
  /** What the field holds. */
  send(text: string): void;
  /** Anything else, such as an offered choice. @param firstWord one of the page's own sentences, tapped. */
  say(text: string, firstWord?: FirstWord): void;
  retry(): void;
  handover(words: string): void;
  scrolled(event: { currentTarget: HTMLElement }): void;
}

/** The whole page: the server draws it once as HTML (draw-first.tsx), the app takes that over and draws it from then on. */
export function Page(props: PageProps) {
  const { data, conversation, begun, covered, panel, draft, hide, open, edit, send, say, retry } = props;
  const t = data.words;
  const { owner } = conversation;
  return (
    <>
      <div class="chat" hidden={covered}>
        <Head {...props} />
        {conversation.danger && owner !== 'closed' && <Crisis data={data} />}
        <main class="talk" hidden={panel !== null}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard. */}
          <section class="scroll" tabIndex={0} aria-label={t.log} onScroll={props.scrolled}>
            <Welcome {...{ data, begun, open }} choose={say} />
            <MessageLog conversation={conversation} t={t} choose={say} retry={retry} />
            {owner === 'waiting' && (
              <button type="button" onClick={() => open('save')}>
                {t.save}
              </button>
            )}
          </section>
          <nav>
            {(owner === 'bot' || owner === 'closed') && (
              <button type="button" class="link" onClick={() => props.handover(t.wantHuman)}>
                {t.human}
              </button>
            )}
            <button type="button" class="link" onClick={() => open('menu')}>
              {t.more}
            </button>
          </nav>
          <Composer {...{ draft, t, edit, send }} />
        </main>
        <main class="panel" hidden={!panel} />
      </div>
      {covered && <Cover data={data} show={hide} />}
    </>
  );
}
