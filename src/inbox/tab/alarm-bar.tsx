import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { Ago } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import type { Alarm } from './state.ts';
import { numberText, type Text } from './text.ts';

const useStyles = makeStyles({
  // One line where there is room; on a phone it may take two, beside its buttons.
  words: { whiteSpace: 'normal' },
});

/** The gravest alarm, with a way there and how many more there are; read out once each. No word of what was said. */
export function AlarmBar({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const alarms = useInboxState((state) => state.alarms);
  const me = useInboxState((state) => state.me);
  const [first] = alarms;
  // Mounted before there is anything to say: a region that comes with its words is not read out.
  return (
    <div role="alert" data-alarms={alarms.length}>
      {first && (
        <MessageBar intent="error" layout="singleline" politeness="polite">
          <MessageBarBody className={styles.words}>
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
          <MessageBarActions
            containerAction={
              <Button
                appearance="transparent"
                icon={<Dismiss20Regular />}
                aria-label={text.dismiss}
                data-alarm-seen
                onClick={() => inbox.silence()}
              />
            }
          >
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
      )}
    </div>
  );
}

const alarmText = ({ kind, item }: Alarm, districtName: (slug: string) => string, text: Text): string =>
  text.list.alarm[kind](text.risk[item.risk], districtName(item.district));

/** The page's title: what alarms, then how many wait. */
export function pageTitle(alarms: readonly Alarm[], waiting: number, text: Text): string {
  const count = waiting > 0 ? `(${numberText(waiting, text)}) ${text.title}` : text.title;
  return alarms[0] ? `${text.risk[alarms[0].item.risk]} · ${count}` : count;
}
