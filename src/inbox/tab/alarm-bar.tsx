import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { Ago } from './ago.tsx';
import { DismissButton } from './dismiss-button.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import type { Alarm } from './state.ts';
import { numberText, type Text } from './text.ts';
import './alarm-bar.css';

/** The gravest alarm, with a way there and how many more there are; read out once each. No word of what was said. */
export function AlarmBar({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const inbox = useInbox();
  const alarms = useInboxState((state) => state.alarms);
  const me = useInboxState((state) => state.me);
  const [first] = alarms;
  return (
    first && (
      <MessageBar intent="error" layout="singleline" politeness="polite">
        <MessageBarBody className="alarm-bar-words">
          <strong data-alarm={first.kind}>
            {alarmText(first, (slug) => me?.districts.find((each) => each.slug === slug)?.name ?? slug, text)}
          </strong>
          {alarms.length > 1 && ` ${text.list.alarm.others(numberText(alarms.length - 1, text))}`}
          {first.item.waitingSince && (
            <span aria-live="off">
              {' · '}
              <Ago at={first.item.waitingSince} />
            </span>
          )}
        </MessageBarBody>
        <MessageBarActions containerAction={<DismissButton data-alarm-seen onClick={() => inbox.silence()} />}>
          <Button
            data-alarm-open
            onClick={() => {
              onOpen(first.item.id);
              inbox.silence(first.item.id);
            }}
          >
            {text.hands.goThere}
          </Button>
        </MessageBarActions>
      </MessageBar>
    )
  );
}

const alarmText = ({ kind, item }: Alarm, districtName: (slug: string) => string, text: Text): string =>
  text.list.alarm[kind](text.risk[item.risk], districtName(item.district));
