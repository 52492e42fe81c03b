import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissButton } from './dismiss-button.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import type { Notice } from './state.ts';
import type { Text } from './text.ts';

/** What the reader must know now, in words, with what to do. */
export function NoticeBars({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const inbox = useInbox();
  const notice = useInboxState((state) => state.notice);
  const linkUp = useInboxState((state) => state.linkUp);
  const reachable = useInboxState((state) => state.reachable);
  return (
    <>
      {!(linkUp && reachable) && (
        <MessageBar intent={reachable ? 'info' : 'warning'} layout="multiline" data-link="down">
          <MessageBarBody>{reachable ? text.linkDown : text.old}</MessageBarBody>
        </MessageBar>
      )}
      {notice && (
        <MessageBar intent="warning" layout="multiline" data-notice={notice.kind}>
          <MessageBarBody role="alert">{noticeText(notice, text)}</MessageBarBody>
          <MessageBarActions containerAction={<DismissButton onClick={inbox.dismiss} />}>
            {notice.open && <Button onClick={() => onOpen(notice.open ?? '')}>{text.hands.goThere}</Button>}
            {notice.kind === 'outdated' && <Button onClick={() => window.location.reload()}>{text.reload}</Button>}
          </MessageBarActions>
        </MessageBar>
      )}
    </>
  );
}

function noticeText({ kind, name }: Notice, text: Text): string {
  const words = text.notice[kind];
  return typeof words === 'string' ? words : words(name ?? text.who.worker);
}
