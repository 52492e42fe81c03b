/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import type { Conversation } from './conversation.ts';
import { fill } from './fill.ts';
import { isolated } from './isolated.tsx';
import { nameOf } from './message-log.tsx';
import type { Words } from './texts/texts.ts';

interface HeadProps {
  data: ChatData;
  conversation: Conversation;
  online: boolean;
  choose(language: string): void;
  hide(): void;
  leave(): void;
}

/** Always in sight: who is speaking, and two ways out. */
export function Head({ data, conversation, online, choose, hide, leave }: HeadProps) {
  const t = data.words;
  return (
    <header>
      <div>
        <h1>{t.title}</h1>
        {/* The short tag is seen, the list below it has every language's own name. */}
        <label>
          <span aria-hidden>{data.language} ▾</span>
          <select aria-label={t.language} value={data.language} onChange={(event) => choose(event.currentTarget.value)}>
            {data.languages.map(({ tag, name }) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={hide}>
          {t.hide}
        </button>
        <button type="button" class="leave" aria-label={t.leaveNow} onClick={leave}>
          {t.leave}
        </button>
      </div>
      <p role="status">
        {isolated(speaker(conversation, t))}
        {!online && <span class="offline">{t.offline}</span>}
      </p>
    </header>
  );
}

function speaker(conversation: Conversation, t: Words): string {
  if (conversation.owner === 'worker') return fill(t.held, nameOf(conversation, t));
  if (conversation.owner === 'closed') return t.closed;
  return conversation.owner === 'waiting' ? `${t.bot} · ${wait(conversation, t)}` : t.bot;
}

function wait({ ahead, opensAt }: Conversation, t: Words): string {
  if (opensAt) return fill(t.opens, sayWhen(opensAt, t));
  if (ahead === undefined) return t.waiting;
  return ahead === 0 ? t.first : fill(t.ahead, ahead);
}

/** "måndag 08:00", in Stockholm's time. Swedish writes dates as ISO does, so they can be taken apart. */
function sayWhen(opensAt: string, t: Words): string {
  const [date = '', clock = ''] = new Date(opensAt).toLocaleString('sv', { timeZone: 'Europe/Stockholm' }).split(' ');
  return `${t.days[new Date(date).getUTCDay()]} ${clock.slice(0, 5)}`;
}
