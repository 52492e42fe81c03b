import { mergeClasses } from '@fluentui/react-components';
import { Bot16Regular, Person16Regular, PersonSupport16Regular, Warning16Filled } from '@fluentui/react-icons';
import { memo } from 'react';
import type { Message } from '../wire.ts';
import { Clock } from './ago.tsx';
import { Blurred } from './blurred.tsx';
import { useText } from './inbox-context.ts';
import { useTopicTitle } from './topic-title.ts';
import { Translations } from './translations.tsx';
import { gravity } from './worst-first.ts';
import './message-line.css';

/** What a colleague must see, and why: it did not arrive, or nobody knows. */
const TROUBLE = new Set(['failed', 'refused', 'unknown']);

const ICONS = { visitor: Person16Regular, bot: Bot16Regular, worker: PersonSupport16Regular };

/** One line of the log: who, when, what, and whether it arrived. */
export const MessageLine = memo(function MessageLine({ message }: { message: Message }) {
  const text = useText();
  const { author } = message;
  const failed = message.delivery !== undefined && TROUBLE.has(message.delivery.status);
  const again = message.delivery?.status === 'queued' && message.delivery.error;
  const grave = author === 'visitor' && gravity(message.heard?.level ?? 'none') >= gravity('urgent');
  const Icon = author === 'system' ? null : ICONS[author];
  const side =
    author === 'visitor' ? 'message-line-theirs' : author === 'system' ? 'message-line-system' : 'message-line-ours';
  return (
    <li className={mergeClasses('message-line-line', side)} data-seq={message.seq} data-author={author} tabIndex={-1}>
      <div className="message-line-head">
        {Icon && <Icon aria-hidden />}
        <span className="message-line-name">{(author === 'worker' && message.name) || text.who[author]}</span>
        <Clock at={message.at} />
        {message.delivery && !failed && <Delivery delivery={message.delivery} />}
      </div>
      <p
        className={mergeClasses(
          'message-line-body',
          author === 'system' ? 'message-line-system-body' : `message-line-${author}`,
        )}
        lang={message.language}
        dir="auto"
      >
        <Blurred on={grave}>
          <Words message={message} />
        </Blurred>
      </p>
      <Translations message={message} grave={grave} />
      {message.answers?.map((answer) => (
        <Answer key={answer.id} {...answer} />
      ))}
      {again && <span className="message-line-foot">{text.deliveryError(again)}</span>}
      {failed && message.delivery && <Failure delivery={message.delivery} />}
    </li>
  );
});

/** The text, with the words marked that the machine heard as danger. */
function Words({ message: { text: words, heard } }: { message: Message }) {
  const text = useText();
  if (!heard || heard.spans.length === 0) return words;
  const cuts = [0, ...heard.spans.flat(), words.length];
  return cuts.slice(1).map((to, i) => {
    const part = words.slice(cuts[i], to);
    const key = `${cuts[i]}-${to}`;
    if (i % 2 === 0) return <span key={key}>{part}</span>;
    return (
      <mark key={key} title={`${text.machine}: ${text.risk[heard.level]}`}>
        {part}
      </mark>
    );
  });
}

/** Which approved topic was told; the service's own fixed lines need no source. */
function Answer({ id, version }: { id: string; version: number }) {
  const text = useText();
  const title = useTopicTitle()(id);
  return title && <span className="message-line-foot">{text.approved(title, version)}</span>;
}

function Delivery({ delivery }: { delivery: NonNullable<Message['delivery']> }) {
  const text = useText();
  const again = delivery.status === 'queued' && delivery.error;
  if (!delivery.notBefore) return <span>· {again ? text.deliveryAgain : text.delivery[delivery.status]}</span>;
  return (
    <span data-held>
      · {text.leaves} <Clock at={delivery.notBefore} />
    </span>
  );
}

function Failure({ delivery }: { delivery: NonNullable<Message['delivery']> }) {
  const text = useText();
  return (
    <span className={mergeClasses('message-line-foot', 'message-line-failed')}>
      <Warning16Filled aria-hidden className="message-line-failed-word" />
      <span>
        <span className="message-line-failed-word">{text.delivery[delivery.status]}</span>
        {delivery.error && `: ${text.deliveryError(delivery.error)}`}
      </span>
    </span>
  );
}
