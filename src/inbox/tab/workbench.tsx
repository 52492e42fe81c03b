import { Button, mergeClasses, Text } from '@fluentui/react-components';
import { ArrowLeft20Regular, Keyboard20Regular, PersonSwap20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useState } from 'react';
import { afterPaint } from './after-paint.ts';
import { conversationId } from './conversation-id.ts';
import { DutyButton } from './duty.tsx';
import { HoursNow } from './hours-now.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { fetchLater, useLater } from './later.ts';
import { List } from './list.tsx';
import { NARROW } from './narrow.ts';
import { Notices } from './notices.tsx';
import { pageTitle } from './page-title.ts';
import { SoundButton } from './sound-button.tsx';
import { Talk } from './talk.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useKeyboard } from './use-keyboard.ts';
import { LongestWait, Views } from './views.tsx';
import './workbench.css';

type Pane = 'list' | 'talk' | 'details';

/** The whole inbox: list, conversation, handover; on a narrow screen one of them at a time. */
export function Workbench({ onSwitchWorker }: { onSwitchWorker: (() => void) | null }) {
  const text = useText();
  const inbox = useInbox();
  const openId = useInboxState((state) => state.openId);
  const opened = useInboxState((state) => state.opened);
  const name = useInboxState((state) => state.me?.name);
  const waiting = useInboxState((state) => state.counts?.waiting ?? 0);
  const alarms = useInboxState((state) => state.alarms);
  const list = useInboxState((state) => state.list);
  const { parts } = useLater();
  const [details, setDetails] = useState(false);
  const [help, setHelp] = useState(false);
  const pane: Pane = openId === null ? 'list' : details ? 'details' : 'talk';

  const open = useCallback(
    (id: string | null) => {
      const address = `${window.location.pathname}${window.location.search}${id ? `#${id}` : ''}`;
      if (id && inbox.get().openId === null) window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
      const before = inbox.get().openId;
      inbox.open(id);
      setDetails(false);
      if (id === null && before) requestAnimationFrame(() => focusRow(before));
    },
    [inbox],
  );

  useEffect(() => {
    const onPop = () => inbox.open(conversationId(window.location.hash.slice(1)));
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, [inbox]);

  useEffect(() => {
    document.title = pageTitle(alarms, waiting, text);
  }, [alarms, waiting, text]);

  useEffect(() => {
    // As soon as the list has been drawn, so that a conversation opens at once.
    if (list !== 'loading') void afterPaint().then(fetchLater);
  }, [list]);

  const loadedId = parts && opened?.conversation.id;
  useEffect(() => {
    // Not from somebody who has gone on to another row meanwhile.
    const row = document.activeElement?.getAttribute('data-row');
    if (loadedId && (!row || row === loadedId)) document.getElementById('conversation-title')?.focus();
  }, [loadedId]);

  const onHelp = useCallback(() => setHelp(true), []);
  const onBack = useCallback(() => {
    if (window.matchMedia(NARROW).matches) return open(null);
    const { openId } = inbox.get();
    if (openId) focusRow(openId);
  }, [inbox, open]);
  useKeyboard({ inbox, onHelp, onBack });
  useKeptFocus();

  return (
    <div className="workbench-page" data-pane={pane}>
      <header>
        <h1 className="workbench-unseen">{text.title}</h1>
        <div className={mergeClasses('workbench-top', pane !== 'list' && 'workbench-hide-narrow')}>
          <Views />
          <Text size={200}>
            <LongestWait />
          </Text>
          <span className="workbench-grow">
            <HoursNow />
          </span>
          {parts && (
            <>
              <DutyButton />
              <SoundButton />
              <Button
                className="workbench-hide-narrow"
                size="small"
                appearance="subtle"
                icon={<Keyboard20Regular />}
                aria-label={text.keysButton}
                title={text.keysButton}
                onClick={onHelp}
              />
              {onSwitchWorker && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<PersonSwap20Regular />}
                  title={text.switchWorker}
                  onClick={onSwitchWorker}
                >
                  {name}
                </Button>
              )}
            </>
          )}
        </div>
      </header>
      <Notices onOpen={open} />
      <div className="workbench-panes">
        <div className={mergeClasses('workbench-pane', 'workbench-list', pane !== 'list' && 'workbench-hide-narrow')}>
          <List onOpen={open} />
        </div>
        <main
          className={mergeClasses(
            'workbench-pane',
            'workbench-talk',
            pane !== 'talk' && 'workbench-hide-narrow',
            pane === 'details' && 'workbench-hide-middle',
          )}
        >
          <div className="workbench-grown">
            <Talk onBack={() => open(null)} onDetails={() => setDetails(true)} />
          </div>
          {opened && parts && <parts.VerbBar key={loadedId} opened={opened} thumb />}
        </main>
        <div
          className={mergeClasses(
            'workbench-pane',
            'workbench-side',
            pane !== 'details' && 'workbench-hide-narrow',
            pane !== 'details' && 'workbench-hide-middle',
          )}
        >
          <Button
            className="workbench-only-small"
            appearance="subtle"
            icon={<ArrowLeft20Regular />}
            onClick={() => setDetails(false)}
          >
            {text.back}
          </Button>
          <span className="workbench-only-narrow">
            <LongestWait />
          </span>
          <div className="workbench-side-body">
            {opened && parts && <parts.HandoverPane opened={opened} onJump={() => setDetails(false)} />}
          </div>
        </div>
      </div>
      {parts && <parts.KeysDialog open={help} onDone={() => setHelp(false)} />}
    </div>
  );
}

/** The row of a conversation, or where the list is entered when it is not in view. */
function focusRow(id: string): void {
  const row = document.querySelector<HTMLButtonElement>(`[data-row="${CSS.escape(id)}"]`);
  (row ?? document.querySelector<HTMLButtonElement>('[data-row][tabindex="0"]'))?.focus();
}
