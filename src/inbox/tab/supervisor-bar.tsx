import { Button, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { type Opened, OUTCOMES } from '../wire.ts';
import type { Outcome } from './api.ts';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** What a coordinator or an administrator may do with what is not theirs: take it, end it, keep it from disposal. */
export function SupervisorBar({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const busy = useInboxState((state) => state.busy);
  const role = useInboxState((state) => state.me?.role);
  const [asking, setAsking] = useState<'take-over' | 'close' | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  if ((role !== 'coordinator' && role !== 'admin') || opened.glass) return null;
  const { legalHold } = opened.handover;
  const { owner } = opened.conversation;
  const done = () => {
    setAsking(null);
    setOutcome(null);
  };
  return (
    <>
      {owner === 'worker' && !opened.claim && (
        <Button size="small" disabledFocusable={busy} data-verb="take-over" onClick={() => setAsking('take-over')}>
          {text.hands.takeOver}
        </Button>
      )}
      {owner !== 'closed' && !opened.claim && (
        <Button size="small" disabledFocusable={busy} data-verb="force-close" onClick={() => setAsking('close')}>
          {text.verbs.close}
        </Button>
      )}
      <Button size="small" disabledFocusable={busy} data-verb="hold" onClick={() => void inbox.hold(!legalHold)}>
        {legalHold ? text.hands.unhold : text.hands.hold}
      </Button>
      <ReasonDialog
        open={asking !== null}
        title={asking === 'close' ? text.closeTitle : text.hands.takeOver}
        body={text.hands.takeOverBody}
        yes={asking === 'close' ? text.verbs.close : text.verbs.claim}
        reasons={text.hands.supervisorReasons}
        ready={asking !== 'close' || outcome !== null}
        onYes={(reason) => {
          if (asking === 'close') return outcome && void inbox.close(outcome, reason);
          void inbox.take('take-over', opened.conversation.id, { reason });
        }}
        onDone={done}
      >
        {asking === 'close' && (
          <>
            <Text id="force-how">{text.closeBody}</Text>
            <RadioGroup
              aria-labelledby="force-how"
              value={outcome ?? ''}
              onChange={(_, { value }) => setOutcome(OUTCOMES.find((each) => each === value) ?? null)}
            >
              {OUTCOMES.map((each) => (
                <Radio key={each} value={each} label={text.outcome[each]} />
              ))}
            </RadioGroup>
          </>
        )}
      </ReasonDialog>
    </>
  );
}
