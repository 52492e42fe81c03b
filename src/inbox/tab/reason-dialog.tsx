import { Radio, RadioGroup, Text } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { Ask } from './ask.tsx';

interface ReasonDialogProps<Reason extends string> {
  open: boolean;
  title: string;
  body: string;
  yes: string;
  /** Each code with its words, in order. */
  reasons: Readonly<Record<Reason, string>>;
  /** Something more that must be answered. */
  ready?: boolean;
  onYes(reason: Reason): void;
  onDone(): void;
  children?: ReactNode;
}

/** Something that is done only with a reason, one of a few. */
export function ReasonDialog<Reason extends string>(props: ReasonDialogProps<Reason>) {
  const { open, title, body, yes, reasons, ready = true, onYes, onDone, children } = props;
  const [picked, setPicked] = useState<Reason | null>(null);
  const codes = keysOf(reasons);
  const done = () => {
    setPicked(null);
    onDone();
  };
  return (
    <Ask
      open={open}
      title={title}
      yes={yes}
      disabled={picked === null || !ready}
      onYes={() => picked && onYes(picked)}
      onDone={done}
    >
      <Text id="reason-why">{body}</Text>
      <RadioGroup
        aria-labelledby="reason-why"
        value={picked ?? ''}
        onChange={(_, { value }) => setPicked(codes.find((code) => code === value) ?? null)}
      >
        {codes.map((code) => (
          <Radio key={code} value={code} label={reasons[code]} />
        ))}
      </RadioGroup>
      {children}
    </Ask>
  );
}

/** The one place where an object's keys are said to be the ones it was written with. */
const keysOf = <Key extends string>(record: Readonly<Record<Key, string>>): Key[] => Object.keys(record) as Key[];
