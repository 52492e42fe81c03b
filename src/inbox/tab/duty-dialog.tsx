import { Field, Radio, RadioGroup, Select, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { ALERTS, type Duty } from '../wire.ts';
import { clockTime } from './ago.tsx';
import { Ask } from './ask.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { likelyEnd, shiftEnds } from './shift-ends.ts';

const OFF = 'off';

/** Until when, and which alerts; both are set at once. */
export function DutyDialog({ duty, onDone }: { duty: Duty; onDone(): void }) {
  const text = useText();
  const inbox = useInbox();
  const [now] = useState(() => Date.now());
  const closesAt = useInboxState((state) => state.districts.find((d) => d.slug !== 'staden' && d.open)?.until ?? null);
  const ends = [...new Set([...(duty.until ? [duty.until] : []), ...shiftEnds(now)])];
  const [until, setUntil] = useState(duty.until ?? likelyEnd(ends, closesAt, now));
  const [alerts, setAlerts] = useState(duty.alerts);
  return (
    <Ask
      open
      title={text.duty.title}
      yes={text.duty.save}
      onYes={() => void inbox.setDuty(until === OFF ? null : until, alerts)}
      onDone={onDone}
    >
      <Field label={text.duty.until}>
        <Select value={until} data-duty-until onChange={(_, { value }) => setUntil(value)}>
          <option value={OFF}>{text.duty.off}</option>
          {ends.map((end) => (
            <option key={end} value={end}>
              {clockTime(end, text, now)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.duty.alerts}>
        <RadioGroup
          value={alerts}
          onChange={(_, { value }) => setAlerts(ALERTS.find((each) => each === value) ?? 'none')}
        >
          {ALERTS.map((each) => (
            <Radio key={each} value={each} label={text.duty.choice[each]} />
          ))}
        </RadioGroup>
      </Field>
      <Text>{text.duty.why}</Text>
    </Ask>
  );
}
