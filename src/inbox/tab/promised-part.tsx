import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Opened } from '../wire.ts';
import { clockTime, useNow } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { Part } from './part.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalM },
  promise: { display: 'grid', gap: tokens.spacingVerticalXS, justifyItems: 'start' },
  due: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorStatusDangerForeground3 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  words: { overflowWrap: 'anywhere' },
});

/** What the person has been promised and when; done when somebody says so. */
export function PromisedPart({ opened }: { opened: Opened }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const now = useNow();
  const busy = useInboxState((state) => state.busy);
  const { promised } = opened.handover;
  return (
    <Part title={text.hands.promised}>
      {promised.length === 0 && <p className={styles.quiet}>{text.hands.nothingPromised}</p>}
      <ul className={styles.list} data-promised>
        {promised.map(({ id, worker, text: words, dueAt }) => (
          <li key={id} className={styles.promise}>
            <time dateTime={dueAt} className={Date.parse(dueAt) <= now ? styles.due : undefined}>
              {clockTime(dueAt, text, now)}
            </time>
            <span dir="auto" className={styles.words}>
              {words}
            </span>
            <span className={styles.quiet}>{text.hands.promiseBy(worker)}</span>
            {!opened.glass && (
              <Button size="small" disabledFocusable={busy} onClick={() => void inbox.promiseDone(id)}>
                {text.hands.promiseDone}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
