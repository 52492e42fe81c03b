import { Field, Select, Text } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Colleagues } from '../wire.ts';
import { Ask } from './ask.tsx';
import { useInbox, useText } from './inbox-context.ts';

interface TransferDialogProps {
  open: boolean;
  /** Where the conversation is now: there a colleague must be named. */
  district: string;
  onDone(): void;
}

/** Offers the conversation to a district, or to a colleague in it. */
export function TransferDialog({ open, district, onDone }: TransferDialogProps) {
  const text = useText();
  const inbox = useInbox();
  const [people, setPeople] = useState<Colleagues | null>(null);
  const [to, setTo] = useState('');
  const [worker, setWorker] = useState('');
  useEffect(() => {
    if (open) void inbox.colleagues().then(setPeople);
  }, [open, inbox]);
  const done = () => {
    setTo('');
    setWorker('');
    onDone();
  };
  const there = people?.workers.filter((each) => each.district === to) ?? [];
  return (
    <Ask
      open={open}
      title={text.hands.transferTitle}
      yes={text.hands.transfer}
      disabled={to === '' || (to === district && worker === '')}
      onYes={() => void inbox.offer('transfer', { district: to, ...(worker ? { worker } : {}) })}
      onDone={done}
    >
      <Text block>{text.hands.transferBody}</Text>
      <Field label={text.hands.toDistrict}>
        <Select
          data-to-district
          value={to}
          onChange={(_, { value }) => {
            setTo(value);
            setWorker('');
          }}
        >
          <option value="">{people ? text.hands.choose : text.loading}</option>
          {people?.districts.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.hands.toColleague}>
        <Select data-to-worker value={worker} onChange={(_, { value }) => setWorker(value)}>
          <option value="">{to === district ? text.hands.choose : text.hands.anyone}</option>
          {there.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </Ask>
  );
}
