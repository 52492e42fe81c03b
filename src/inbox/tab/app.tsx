import { useEffect, useSyncExternalStore } from 'react';
import type { Desk, DeskState } from './desk.ts';
import { InboxContext } from './inbox-context.ts';
import { LaterPart } from './later-part.tsx';
import { openLive } from './live.ts';
import { Themed } from './themed.tsx';
import { Workbench } from './workbench.tsx';

/** The inbox, or how to sign in. */
export function App({ desk }: { desk: Desk }) {
  const { host } = desk;
  const { work, trouble } = useSyncExternalStore(desk.subscribe, desk.get);
  useEffect(() => {
    host.ready();
    desk.drawn();
  }, [host, desk]);
  return (
    <Themed host={host}>
      {work && <SignedIn desk={desk} work={work} />}
      {trouble && (
        <LaterPart>{({ SignIn }) => <SignIn trouble={trouble} onPick={desk.signIn} onRetry={desk.retry} />}</LaterPart>
      )}
    </Themed>
  );
}

function SignedIn({ desk, work }: { desk: Desk; work: NonNullable<DeskState['work']> }) {
  const { inbox, api } = work;
  useEffect(
    () =>
      openLive({
        stream: api.stream,
        onEvent: ({ conversation }) => inbox.touch(conversation),
        onTyping: inbox.typed,
        onResync: () => inbox.touch(),
        onLink: inbox.setLink,
        window,
        random: Math.random,
      }),
    [inbox, api],
  );
  return (
    <InboxContext value={inbox}>
      <Workbench onSwitchWorker={desk.host.kind === 'browser' ? desk.signOut : null} />
    </InboxContext>
  );
}
