import { Button } from '@fluentui/react-components';
import { ChevronDown20Regular, ChevronUp20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Opened } from '../wire.ts';
import { CloseDialog } from './close-dialog.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { useNarrow } from './narrow.ts';
import { PartingDialog } from './parting-dialog.tsx';
import { SupervisorBar } from './supervisor-bar.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import './verb-bar.css';

interface VerbBarProps {
  opened: Opened;
  /** It stands at the lower edge, where a thumb reaches; shown there on a phone, and at the top elsewhere. */
  thumb?: boolean;
}

/** What can be done with the conversation now: take it, or, for the one who holds it, hand it on, give it up or close it. */
export function VerbBar({ opened, thumb = false }: VerbBarProps) {
  const text = useText();
  const narrow = useNarrow();
  const [more, setMore] = useState(false);
  if (thumb !== narrow) return null;
  return (
    <div className={thumb ? 'verb-bar-thumb' : 'verb-bar-bar'}>
      {opened.claim && thumb && (
        <Button
          appearance="subtle"
          icon={more ? <ChevronDown20Regular /> : <ChevronUp20Regular />}
          aria-expanded={more}
          data-more-verbs
          onClick={() => setMore(!more)}
        >
          {text.list.more}
        </Button>
      )}
      {opened.claim && (more || !thumb) && <Held opened={opened} />}
      {!opened.claim && <Free opened={opened} />}
      {(more || !thumb || !opened.claim) && <SupervisorBar opened={opened} />}
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
