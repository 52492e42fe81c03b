import { Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { OUTCOMES } from '../wire.ts';
import type { Outcome } from './api.ts';
import { Ask } from './ask.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { draftKey } from './state.ts';

const isOutcome = (value: string): value is Outcome => OUTCOMES.some((outcome) => outcome === value);

/** Close in three clicks: the verb, how it ended, yes. */
export function CloseDialog({ id, open, onDone }: { id: string; open: boolean; onDone(): void }) {
  const text = useText();
  const inbox = useInbox();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const unsent = useInboxState((state) => (state.drafts[draftKey(id, 'reply')] ?? '').trim() !== '');
  const done = () => {
    setOutcome(null);
    onDone();
  };
  return (
    <Ask
      open={open}
      title={text.closeTitle}
      yes={text.verbs.close}
      disabled={outcome === null}
      onYes={() => outcome && void inbox.close(outcome)}
      onDone={done}
    >
      <Text id="close-how">{text.closeBody}</Text>
      <RadioGroup
        aria-labelledby="close-how"
        value={outcome ?? ''}
        onChange={(_, { value }) => isOutcome(value) && setOutcome(value)}
      >
        {OUTCOMES.map((each) => (
          <Radio key={each} value={each} label={text.outcome[each]} />
        ))}
      </RadioGroup>
      {unsent && <Text role="status">{text.closeDraft}</Text>}
    </Ask>
  );
}
