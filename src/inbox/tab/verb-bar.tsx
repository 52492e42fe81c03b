import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Opened } from '../wire.ts';
import { CloseDialog } from './close-dialog.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What can be done with the conversation now: take it over, or, for the one who holds it, give it up or close it. */
export function VerbBar({ opened }: { opened: Opened }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const busy = useInboxState((state) => state.busy);
  const [closing, setClosing] = useState(false);
  const { id, owner } = opened.conversation;
  if (opened.claim) {
    return (
      <div className={styles.bar}>
        <Button size="small" disabledFocusable={busy} data-verb="hand-back" onClick={() => inbox.giveUp('hand-back')}>
          {text.verbs['hand-back']}
        </Button>
        <Button size="small" disabledFocusable={busy} data-verb="release" onClick={() => inbox.giveUp('release')}>
          {text.verbs.release}
        </Button>
        <Button size="small" disabledFocusable={busy} data-verb="close" onClick={() => setClosing(true)}>
          {text.verbs.close}
        </Button>
        <CloseDialog id={id} open={closing} onDone={() => setClosing(false)} />
      </div>
    );
  }
  if (owner !== 'waiting' && owner !== 'bot') return null;
  return (
    <Button appearance="primary" disabledFocusable={busy} data-verb="claim" onClick={() => inbox.claim()}>
      {text.verbs.claim}
    </Button>
  );
}
