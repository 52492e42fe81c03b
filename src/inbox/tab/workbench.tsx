import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular, Keyboard20Regular, PersonSwap20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useState } from 'react';
import { pageTitle } from './alarm-bar.tsx';
import { Conversation } from './conversation.tsx';
import { conversationId } from './conversation-id.ts';
import { DutyButton } from './duty.tsx';
import { HandoverPane } from './handover.tsx';
import { HoursNow } from './hours-now.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { List } from './list.tsx';
import { NARROW as NARROW_PAGE } from './narrow.ts';
import { Notices } from './notices.tsx';
import { SoundButton } from './sound-button.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useKeyboard } from './use-keyboard.ts';
import { VerbBar } from './verb-bar.tsx';
import { LongestWait, Views } from './views.tsx';

const NARROW = `@media ${NARROW_PAGE}` as const;
/** Zoomed in, or a phone on its side: the whole page scrolls, so that the conversation keeps room to be read. */
const LOW = '@media (max-height: 499px)';
const MIDDLE = '@media (min-width: 700px) and (max-width: 1099px)';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    position: 'relative',
    [LOW]: { overflowY: 'auto' },
  },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `0 ${tokens.spacingHorizontalM}`,
    padding: `0 ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  unseen: { position: 'absolute', width: '1px', height: '1px', margin: 0, overflow: 'hidden', clipPath: 'inset(50%)' },
  grow: { flexGrow: 1 },
  panes: {
    flexGrow: 1,
    display: 'grid',
    gridTemplateRows: 'minmax(0, 1fr)',
    gridTemplateColumns: 'minmax(280px, 360px) minmax(0, 1fr) 300px',
    minHeight: 0,
    [LOW]: { flexShrink: 0, height: '40rem' },
    [MIDDLE]: { gridTemplateColumns: 'minmax(260px, 300px) minmax(0, 1fr)' },
    [NARROW]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  pane: { minHeight: 0, minWidth: 0, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground1 },
  list: { borderRight: `1px solid ${tokens.colorNeutralStroke2}` },
  talk: { backgroundColor: tokens.colorNeutralBackground2, display: 'flex', flexDirection: 'column' },
  grown: { flexGrow: 1, minHeight: 0 },
  side: { borderLeft: `1px solid ${tokens.colorNeutralStroke2}`, display: 'flex', flexDirection: 'column' },
  sideBody: { flexGrow: 1, minHeight: 0 },
  hideNarrow: { [NARROW]: { display: 'none' } },
  hideMiddle: { [MIDDLE]: { display: 'none' } },
  onlySmall: { '@media (min-width: 1100px)': { display: 'none' } },
});

type Pane = 'list' | 'talk' | 'details';

/** The whole inbox: list, conversation, handover; on a narrow screen one of them at a time. */
export function Workbench({ onSwitchWorker }: { onSwitchWorker: (() => void) | null }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const openId = useInboxState((state) => state.openId);
  const opened = useInboxState((state) => state.opened);
  const name = useInboxState((state) => state.me?.name);
  const waiting = useInboxState((state) => state.counts?.waiting ?? 0);
  const alarms = useInboxState((state) => state.alarms);
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

  const loadedId = opened?.conversation.id;
  useEffect(() => {
    if (loadedId) document.getElementById('conversation-title')?.focus();
  }, [loadedId]);

  const onHelp = useCallback(() => setHelp(true), []);
  const onBack = useCallback(() => {
    if (window.matchMedia(NARROW_PAGE).matches) return open(null);
    const { openId } = inbox.get();
    if (openId) focusRow(openId);
  }, [inbox, open]);
  useKeyboard({ inbox, onHelp, onBack });
  useKeptFocus();

  return (
    <div className={styles.page} data-pane={pane}>
      <header>
        <h1 className={styles.unseen}>{text.title}</h1>
        <div className={mergeClasses(styles.top, pane !== 'list' && styles.hideNarrow)}>
          <Views />
          <Text size={200}>
            <LongestWait />
          </Text>
          <span className={styles.grow}>
            <HoursNow />
          </span>
          <DutyButton />
          <SoundButton />
          <Button
            className={styles.hideNarrow}
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
        </div>
      </header>
      <Notices onOpen={open} />
      <div className={styles.panes}>
        <div className={mergeClasses(styles.pane, styles.list, pane !== 'list' && styles.hideNarrow)}>
          <List onOpen={open} />
        </div>
        <main
          className={mergeClasses(
            styles.pane,
            styles.talk,
            pane !== 'talk' && styles.hideNarrow,
            pane === 'details' && styles.hideMiddle,
          )}
        >
          <div className={styles.grown}>
            <Conversation onBack={() => open(null)} onDetails={() => setDetails(true)} />
          </div>
          {opened && <VerbBar key={loadedId} opened={opened} thumb />}
        </main>
        <div
          className={mergeClasses(
            styles.pane,
            styles.side,
            pane !== 'details' && styles.hideNarrow,
            pane !== 'details' && styles.hideMiddle,
          )}
        >
          <Button
            className={styles.onlySmall}
            appearance="subtle"
            icon={<ArrowLeft20Regular />}
            onClick={() => setDetails(false)}
          >
            {text.back}
          </Button>
          <div className={styles.sideBody}>
            {opened && <HandoverPane opened={opened} onJump={() => setDetails(false)} />}
          </div>
        </div>
      </div>
      <KeysDialog open={help} onDone={() => setHelp(false)} />
    </div>
  );
}

/** The row of a conversation, or where the list is entered when it is not in view. */
function focusRow(id: string): void {
  const row = document.querySelector<HTMLButtonElement>(`[data-row="${CSS.escape(id)}"]`);
  (row ?? document.querySelector<HTMLButtonElement>('[data-row][tabindex="0"]'))?.focus();
}
