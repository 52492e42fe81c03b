import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** The way to read a conversation of another district: with a reason, before that district's eyes (L2). */
export function GlassDoor({ id }: { id: string }) {
  const text = useText();
  const inbox = useInbox();
  const role = useInboxState((state) => state.me?.role);
  const [asking, setAsking] = useState(false);
  if (!role || role === 'editor') return null;
  return (
    <>
      <Button data-verb="glass" onClick={() => setAsking(true)}>
        {text.hands.glassButton}
      </Button>
      <ReasonDialog
        open={asking}
        title={text.hands.glassTitle}
        body={text.hands.glassBody}
        yes={text.hands.glassButton}
        reasons={text.hands.glassReasons}
        onYes={(reason) => void inbox.breakGlass(id, reason)}
        onDone={() => setAsking(false)}
      />
    </>
  );
}
