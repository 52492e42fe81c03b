import { Button, mergeClasses } from '@fluentui/react-components';
import { PersonSupport16Regular } from '@fluentui/react-icons';
import { useInbox, useText } from './inbox-context.ts';
import { useLineStyles } from './message-line.tsx';
import type { Outgoing } from './state.ts';

/** A text that is on its way, or that did not get there. */
export function OutgoingLine({ outgoing }: { outgoing: Outgoing }) {
  const text = useText();
  const styles = useLineStyles();
  const inbox = useInbox();
  const failed = outgoing.state === 'failed';
  return (
    <li className={mergeClasses(styles.line, styles.ours)} data-outgoing={outgoing.state}>
      <div className={styles.head}>
        <PersonSupport16Regular aria-hidden />
        <span className={styles.name}>{text.you}</span>
        {outgoing.mode === 'note' && text.verbs.note}
      </div>
      <p className={mergeClasses(styles.body, styles.worker)} dir="auto">
        {outgoing.text}
      </p>
      <div className={mergeClasses(styles.foot, styles.failed)} role={failed ? 'alert' : undefined}>
        <span className={failed ? styles.failedWord : undefined}>{failed ? text.notSent : text.sending}</span>
        {failed && (
          <>
            <Button size="small" onClick={() => inbox.retry(outgoing.clientId)}>
              {text.retry}
            </Button>
            <Button size="small" appearance="subtle" onClick={() => inbox.takeBack(outgoing.clientId)}>
              {text.takeBack}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
