import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import type { Notice } from './state.ts';
import type { Text } from './text.ts';

const useStyles = makeStyles({
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** What the reader must know now, in words, with what to do; alarms are also read out. */
export function Notices() {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const notice = useInboxState((state) => state.notice);
  const linkUp = useInboxState((state) => state.linkUp);
  const reachable = useInboxState((state) => state.reachable);
  const alarm = useInboxState((state) => state.alarm);
  const me = useInboxState((state) => state.me);
  const district = me?.districts.find(({ slug }) => slug === alarm?.district)?.name ?? alarm?.district ?? '';
  return (
    <div>
      <div role="alert" className={styles.unseen} data-alarm>
        {alarm && <span key={alarm.id}>{text.alarm(text.risk[alarm.risk], district)}</span>}
      </div>
      {!(linkUp && reachable) && (
        <MessageBar intent={reachable ? 'info' : 'warning'} layout="multiline" data-link="down">
          <MessageBarBody>{reachable ? text.linkDown : text.old}</MessageBarBody>
        </MessageBar>
      )}
      {notice && (
        <MessageBar
          intent={notice.kind === 'raised' ? 'error' : 'warning'}
          layout="multiline"
          data-notice={notice.kind}
        >
          <MessageBarBody role="alert">{noticeText(notice, text)}</MessageBarBody>
          <MessageBarActions
            containerAction={
              <Button
                appearance="transparent"
                icon={<Dismiss20Regular />}
                aria-label={text.dismiss}
                onClick={inbox.dismiss}
              />
            }
          >
            {notice.open && <Button onClick={() => inbox.open(notice.open ?? null)}>{text.hands.goThere}</Button>}
            {notice.kind === 'outdated' && <Button onClick={() => window.location.reload()}>{text.reload}</Button>}
          </MessageBarActions>
        </MessageBar>
      )}
    </div>
  );
}

function noticeText({ kind, name }: Notice, text: Text): string {
  const words = text.notice[kind];
  if (typeof words === 'string') return words;
  if (kind !== 'raised') return words(name ?? text.who.worker);
  const risks = new Map<string | null, string>(Object.entries(text.risk));
  return words(risks.get(name) ?? '');
}
