import { Field, Text, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { Ask } from './ask.tsx';
import { useInbox, useText } from './inbox-context.ts';

interface PartingDialogProps {
  verb: 'release' | 'hand-back' | null;
  onDone(): void;
}

/** Gives the conversation up, with a last word to the person if the worker wants one. */
export function PartingDialog({ verb, onDone }: PartingDialogProps) {
  const text = useText();
  const inbox = useInbox();
  const [word, setWord] = useState('');
  const done = () => {
    setWord('');
    onDone();
  };
  const shown = verb ?? 'release';
  return (
    <Ask
      open={verb !== null}
      title={text.hands[`${shown}Title`]}
      yes={text.verbs[shown]}
      onYes={() => verb && void inbox.giveUp(verb, word)}
      onDone={done}
    >
      <Text block>{text.hands[`${shown}Body`]}</Text>
      <Field label={text.hands.lastWord}>
        <Textarea
          textarea={{ dir: 'auto', maxLength: 4_000 }}
          resize="vertical"
          value={word}
          onChange={(_, { value }) => setWord(value)}
        />
      </Field>
    </Ask>
  );
}
