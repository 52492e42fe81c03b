import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Opened } from '../wire.ts';
import { Quote } from './asked-part.tsx';
import { useText } from './inbox-context.ts';
import { gravity } from './worst-first.ts';

const useStyles = makeStyles({
  list: {
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  title: { display: 'block', marginTop: tokens.spacingVerticalM },
});

/** The words that made the machine raise the danger, the gravest message first. */
export function HeardWords({ opened, onJump }: { opened: Opened; onJump(seq: number): void }) {
  const text = useText();
  const styles = useStyles();
  const heard = opened.messages
    .flatMap((message) => (message.heard ? [{ message, ...message.heard }] : []))
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => gravity(b.level) - gravity(a.level) || a.message.seq - b.message.seq);
  if (heard.length === 0) return null;
  return (
    <>
      <Text weight="semibold" className={styles.title}>
        {text.writing.heardWords}
      </Text>
      <ul className={styles.list} data-heard>
        {heard.map(({ message, spans }) => (
          <li key={message.seq}>
            <Quote
              message={message}
              words={spans.map(([from, to]) => message.text.slice(from, to)).join(' … ')}
              onJump={onJump}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
