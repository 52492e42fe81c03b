/** @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Conversation, Entry } from './conversation.ts';
import { fill } from './fill.ts';
import { isolated } from './isolated.tsx';
import { Paragraphs } from './paragraphs.tsx';
import { nameOf } from './speaker.ts';
import type { Words } from './texts/texts.ts';

interface LogProps {
  conversation: Conversation;
  t: Words;
  choose(title: string): void;
  retry(): void;
}

/** The conversation. History is not live: new messages are announced apart (F54). */
export function MessageLog({ conversation, t, choose, retry }: LogProps) {
  const { entries, pending } = conversation;
  const all = [...entries, ...pending];
  const last = all.at(-1);
  const lastOwn = all.findLast((e) => e.author === 'visitor');
  let speaker = '';
  return (
    <>
      {listOf(
        all.map((entry) => {
          const label = labelOf(entry, t);
          const said = label !== speaker && label !== '' ? label : '';
          speaker = label || speaker;
          return lineOf(entry, said, entry === lastOwn, t, retry);
        }),
        conversation.typing ? nameOf(conversation, t) : '',
        t,
      )}
      {last && last.choices.length > 0 && (
        <div class="choices" lang={last.language}>
          {last.choices.map((title) => (
            <button key={title} type="button" dir="auto" onClick={() => choose(title)}>
              {title}
            </button>
          ))}
        </div>
      )}
      <div class="unseen" role="log" aria-live="polite">
        {entries
          .filter((e) => e.fresh && e.author !== 'visitor')
          .slice(-5)
          .map((e) => (
            <p key={e.key} lang={e.language}>{`${labelOf(e, t) || t.title}: ${e.text}`}</p>
          ))}
      </div>
    </>
  );
}

let shown: { lines: VNode[]; typing: string; t: Words; list: VNode } | undefined;

/** The same list as last time when no line of it has changed: what is typed below it costs the same however long it is. */
function listOf(lines: VNode[], typing: string, t: Words): VNode {
  const was = shown;
  const same = was?.t === t && was.typing === typing && was.lines.length === lines.length;
  if (same && lines.every((line, at) => line === was.lines[at])) return was.list;
  const list = (
    <ol aria-label={t.log}>
      {lines}
      {typing && (
        <li class="typing">
          {isolated(typing)} {t.typing}
        </li>
      )}
    </ol>
  );
  shown = { lines, typing, t, list };
  return list;
}

const drawn = new WeakMap<Entry, { of: string; t: Words; line: VNode }>();

/** The same line as last time when nothing about it has changed: what is the same is not looked at again. */
function lineOf(entry: Entry, said: string, last: boolean, t: Words, retry: () => void): VNode {
  const of = `${said}|${last}|${entry.state}`;
  const known = drawn.get(entry);
  if (known?.of === of && known.t === t) return known.line;
  const mine = entry.author === 'visitor';
  const line = (
    <li key={entry.key} class={entry.author}>
      {mine ? <span class="unseen">{t.you}: </span> : said && <b>{isolated(said)}</b>}
      <Paragraphs
        text={entry.text}
        language={entry.language}
        numbers={!mine}
        rest={entry.author === 'bot' && !entry.danger ? t.rest : undefined}
      />
      {mine && <Fate entry={entry} shown={last} t={t} retry={retry} />}
    </li>
  );
  drawn.set(entry, { of, t, line });
  return line;
}

function Fate({ entry, shown, t, retry }: { entry: Entry; shown: boolean; t: Words; retry(): void }) {
  if (entry.state === 'failed' || entry.state === 'refused')
    return (
      <small>
        {t.failed}{' '}
        <button type="button" onClick={retry}>
          {t.retry}
        </button>
      </small>
    );
  return shown ? <small>{entry.state === 'sent' ? t.sent : t.sending}</small> : null;
}

/** Who is speaking, in words (AI1). */
function labelOf(entry: Entry, t: Words): string {
  if (entry.author === 'worker') return fill(t.worker, entry.name);
  return entry.author === 'bot' ? t.bot : '';
}
