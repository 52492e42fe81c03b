import { Button } from '@fluentui/react-components';
import { Alert20Regular, AlertOff20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { clockTime, useNow } from './ago.tsx';
import { useInboxState, useText } from './inbox-context.ts';
import { useLater } from './later.ts';

/** Whether I am on duty, and the way to change it. */
export function DutyButton() {
  const text = useText();
  const now = useNow();
  const duty = useInboxState((state) => state.duty);
  const { parts } = useLater();
  const [asking, setAsking] = useState(false);
  if (!duty) return null;
  const until = duty.until && Date.parse(duty.until) > now ? duty.until : null;
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        icon={until ? <Alert20Regular /> : <AlertOff20Regular />}
        title={text.duty.title}
        data-duty={until ? 'on' : 'off'}
        onClick={() => setAsking(true)}
      >
        {until ? text.duty.on(clockTime(until, text, now)) : text.duty.off}
      </Button>
      {asking && parts && <parts.DutyDialog duty={{ ...duty, until }} onDone={() => setAsking(false)} />}
    </>
  );
}
