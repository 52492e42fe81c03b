import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Opened } from '../wire.ts';
import { CloseDialog } from './close-dialog.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { PartingDialog } from './parting-dialog.tsx';
import { SupervisorBar } from './supervisor-bar.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What can be done with the conversation now: take it, or, for the one who holds it, hand it on, give it up or close it. */
export function VerbBar({ opened }: { opened: Opened }) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      {opened.claim ? <Held opened={opened} /> : <Free opened={opened} />}
      <SupervisorBar opened={opened} />
    </div>
  );
}

function Free({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const busy = useInboxState((state) => state.busy);
  const { owner } = opened.conversation;
  if (opened.glass || owner === 'worker') return null;
  const verb = owner === 'closed' ? 'reopen' : 'claim';
  return (
    <Button
      appearance={verb === 'claim' ? 'primary' : 'secondary'}
      disabledFocusable={busy}
      data-verb={verb}
      title={verb === 'reopen' ? text.hands.reopenBody : undefined}
      onClick={() => void inbox.take(verb)}
    >
      {verb === 'claim' ? text.verbs.claim : text.hands.reopen}
    </Button>
  );
}

function Held({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const busy = useInboxState((state) => state.busy);
  const [asking, setAsking] = useState<'release' | 'hand-back' | 'transfer' | 'close' | null>(null);
  const { id, district } = opened.conversation;
  const done = () => setAsking(null);
  const offered = opened.handover.offer !== null;
  return (
    <>
      <Button size="small" disabledFocusable={busy} data-verb="hand-back" onClick={() => setAsking('hand-back')}>
        {text.verbs['hand-back']}
      </Button>
      <Button size="small" disabledFocusable={busy} data-verb="release" onClick={() => setAsking('release')}>
        {text.verbs.release}
      </Button>
      <Button
        size="small"
        disabledFocusable={busy}
        data-verb={offered ? 'withdraw' : 'transfer'}
        onClick={() => (offered ? void inbox.offer('withdraw') : setAsking('transfer'))}
      >
        {offered ? text.hands.withdraw : text.hands.transfer}
      </Button>
      <Button size="small" disabledFocusable={busy} data-verb="close" onClick={() => setAsking('close')}>
        {text.verbs.close}
      </Button>
      <PartingDialog verb={asking === 'release' || asking === 'hand-back' ? asking : null} onDone={done} />
      <TransferDialog open={asking === 'transfer'} district={district} onDone={done} />
      <CloseDialog id={id} open={asking === 'close'} onDone={done} />
    </>
  );
}
