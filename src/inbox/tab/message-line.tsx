import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { Bot16Regular, Person16Regular, PersonSupport16Regular, Warning16Filled } from '@fluentui/react-icons';
import { memo } from 'react';
import type { Message } from '../wire.ts';
import { Clock } from './ago.tsx';
import { Blurred } from './blurred.tsx';
import { useText } from './inbox-context.ts';
import { topicTitle } from './topic-title.ts';
import { Translations } from './translations.tsx';
import { gravity } from './worst-first.ts';

export const useLineStyles = makeStyles({
  line: { contentVisibility: 'auto', containIntrinsicSize: 'auto 72px', display: 'flex', flexDirection: 'column' },
  theirs: { alignItems: 'flex-start' },
  ours: { alignItems: 'flex-end' },
  system: { alignItems: 'center', textAlign: 'center' },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  body: {
    maxWidth: 'min(56ch, 88%)',
    boxSizing: 'border-box',
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    ...shorthands.border('1px', 'solid', tokens.colorTransparentStroke),
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    // A draft translation is followed by English: each paragraph has its own direction.
    unicodeBidi: 'plaintext',
  },
  visitor: { backgroundColor: tokens.colorNeutralBackground1, ...shorthands.borderColor(tokens.colorNeutralStroke2) },
  bot: { backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1 },
  worker: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorNeutralForeground1 },
  systemBody: {
    maxWidth: '60ch',
    padding: 0,
    ...shorthands.borderStyle('none'),
    color: tokens.colorNeutralForeground2,
  },
  foot: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, maxWidth: 'min(60ch, 88%)' },
  failed: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  failedWord: { color: tokens.colorStatusDangerForeground3, fontWeight: tokens.fontWeightSemibold },
});

/** What a colleague must see, and why: it did not arrive, or nobody knows. */
const TROUBLE = new Set(['failed', 'refused', 'unknown']);

const ICONS = { visitor: Person16Regular, bot: Bot16Regular, worker: PersonSupport16Regular };

/** One line of the log: who, when, what, and whether it arrived. */
export const MessageLine = memo(function MessageLine({ message }: { message: Message }) {
  const text = useText();
  const styles = useLineStyles();
  const { author } = message;
  const failed = message.delivery !== undefined && TROUBLE.has(message.delivery.status);
  const again = message.delivery?.status === 'queued' && message.delivery.error;
  const grave = author === 'visitor' && gravity(message.heard?.level ?? 'none') >= gravity('urgent');
  const Icon = author === 'system' ? null : ICONS[author];
  const side = author === 'visitor' ? styles.theirs : author === 'system' ? styles.system : styles.ours;
  return (
    <li className={mergeClasses(styles.line, side)} data-seq={message.seq} data-author={author} tabIndex={-1}>
      <div className={styles.head}>
        {Icon && <Icon aria-hidden />}
        <span className={styles.name}>{(author === 'worker' && message.name) || text.who[author]}</span>
        <Clock at={message.at} />
        {message.delivery && !failed && <Delivery delivery={message.delivery} />}
      </div>
      <p
        className={mergeClasses(styles.body, author === 'system' ? styles.systemBody : styles[author])}
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
      {again && <span className={styles.foot}>{text.deliveryError(again)}</span>}
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
  const styles = useLineStyles();
  const title = topicTitle(id, text);
  return title && <span className={styles.foot}>{text.approved(title, version)}</span>;
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
  const styles = useLineStyles();
  return (
    <span className={mergeClasses(styles.foot, styles.failed)}>
      <Warning16Filled aria-hidden className={styles.failedWord} />
      <span>
        <span className={styles.failedWord}>{text.delivery[delivery.status]}</span>
        {delivery.error && `: ${text.deliveryError(delivery.error)}`}
      </span>
    </span>
  );
}
