import { useCallback, useEffect, useMemo, useState } from 'react';
import { createApi } from './api.ts';
import { createBell } from './bell.ts';
import type { Host } from './host.ts';
import { createInbox } from './inbox.ts';
import { InboxContext } from './inbox-context.ts';
import { openLive } from './live.ts';
import type { Memory } from './memory.ts';
import { createSession, type SignInTrouble } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { Themed } from './themed.tsx';
import { Workbench } from './workbench.tsx';

/** Signs in and shows the inbox; when the token is lost, signs in again. Drafts and unsent texts live in `memory` meanwhile. */
export function App({ host, memory }: { host: Host; memory: Memory }) {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(window.location.hostname);
  const session = useMemo(
    () => createSession({ host, memory, fetch: (...args) => fetch(...args), local }),
    [host, memory, local],
  );
  const [trouble, setTrouble] = useState<SignInTrouble | null>(null);
  const [asked, setAsked] = useState(() => new URLSearchParams(window.location.search).get('worker'));
  const signIn = useCallback(
    (worker: string) =>
      session.signIn(worker).then(
        () => setTrouble(null),
        (error) => setTrouble(error.trouble ?? 'unreachable'),
      ),
    [session],
  );

  useEffect(() => {
    // The try-it page names the worker in the address; a reload of the same worker keeps the token.
    if (!asked) return;
    const ready = session.worker() === asked ? Promise.resolve() : signIn(asked);
    void ready.then(() => setAsked(null));
  }, [asked, session, signIn]);

  // Framed but taken for a plain browser: Teams may have answered too late, only a new start asks it again.
  const retry = () => (trouble === 'elsewhere' ? window.location.reload() : setTrouble(null));

  useEffect(() => host.ready(), [host]);

  return (
    <Themed host={host}>
      {trouble ? (
        <SignIn trouble={trouble} onPick={signIn} onRetry={retry} />
      ) : (
        asked === null && <SignedIn {...{ host, memory, session }} onSignIn={setTrouble} />
      )}
    </Themed>
  );
}

interface SignedInProps {
  host: Host;
  memory: Memory;
  session: ReturnType<typeof createSession>;
  onSignIn(trouble: SignInTrouble): void;
}

function SignedIn({ host, memory, session, onSignIn }: SignedInProps) {
  const [{ inbox, api }] = useState(() => {
    const api = createApi({ session, fetch: (...args) => fetch(...args) });
    const needed = (trouble: SignInTrouble) =>
      onSignIn(host.kind === 'teams' && trouble === 'choose' ? 'teams' : trouble);
    const newId = () => crypto.randomUUID();
    const inSight = () => document.visibilityState === 'visible';
    return {
      api,
      inbox: createInbox({ api, memory, newId, inSight, ring: createBell(window), now: Date.now, onSignIn: needed }),
    };
  });

  useEffect(() => {
    inbox.open(host.conversation);
    // A channel's tab is set to one district by its configuration page.
    const district = new URLSearchParams(window.location.search).get('district');
    inbox.filter(district ? { district } : {});
    return openLive({
      stream: api.stream,
      onEvent: ({ conversation }) => inbox.touch(conversation),
      onTyping: inbox.typed,
      onResync: () => inbox.touch(),
      onLink: inbox.setLink,
      window,
      random: Math.random,
    });
  }, [inbox, api, host]);

  const switchWorker =
    host.kind === 'browser'
      ? () => {
          session.signOut();
          onSignIn('choose');
        }
      : null;
  return (
    <InboxContext value={inbox}>
      <Workbench onSwitchWorker={switchWorker} />
    </InboxContext>
  );
}
