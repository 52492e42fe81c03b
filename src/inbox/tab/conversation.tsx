import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowLeft20Regular, Info20Regular } from '@fluentui/react-icons';
import { clockTime } from './ago.tsx';
import { useRevealKey } from './blurred.tsx';
import { Composer } from './composer.tsx';
import { GlassDoor } from './glass-door.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { Log } from './log.tsx';
import { PromiseBar } from './promise-bar.tsx';
import { languageName } from './text.ts';
import { Urgency } from './urgency.tsx';
import { VerbBar } from './verb-bar.tsx';
import { LongestWait } from './views.tsx';

const useStyles = makeStyles({
  main: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    flexShrink: 0,
    minHeight: '40px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    '@media (max-width: 699px)': { padding: tokens.spacingHorizontalS },
  },
  title: {
    margin: 0,
    outlineStyle: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  narrow: { display: 'none', '@media (max-width: 699px)': { display: 'flex' } },
  details: { display: 'none', '@media (max-width: 1099px)': { display: 'inline-flex' } },
  row: { width: '100%', alignItems: 'center', justifyContent: 'space-between' },
  middle: {
    flexGrow: 1,
    display: 'grid',
    placeContent: 'center',
    textAlign: 'center',
    padding: tokens.spacingHorizontalXL,
  },
});

interface ConversationProps {
  onBack(): void;
  onDetails(): void;
}

/** The open conversation: what it is, what was said, what to do and where to write. */
export function Conversation({ onBack, onDetails }: ConversationProps) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const openId = useInboxState((state) => state.openId);
  const opened = useInboxState((state) => state.opened);
  const status = useInboxState((state) => state.conversation);
  const waiting = useInboxState((state) => state.counts?.waiting ?? 0);
  const me = useInboxState((state) => state.me);
  const item = opened?.conversation;
  useRevealKey();

  return (
    <div className={styles.main}>
      <header className={styles.head} hidden={!openId}>
        <div className={`${styles.narrow} ${styles.row}`}>
          <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack} data-back>
            {text.views.waiting} {waiting}
          </Button>
          <Text size={200}>
            <LongestWait />
          </Text>
        </div>
        {item && (
          <>
            <Subtitle2 as="h2" className={styles.title} tabIndex={-1} id="conversation-title">
              <Urgency risk={item.risk} />
              <span>
                {item.contactNo !== null && `${text.contact(item.contactNo)} · `}
                {text.channelLong[item.channel]} ·{' '}
                {me?.districts.find(({ slug }) => slug === item.district)?.name ?? item.district} ·{' '}
                {languageName(item.language, text)}
              </span>
            </Subtitle2>
            <div className={styles.title}>
              <VerbBar opened={opened} />
              <Button
                className={styles.details}
                size="small"
                appearance="subtle"
                icon={<Info20Regular />}
                onClick={onDetails}
                data-details
              >
                {text.details}
              </Button>
            </div>
          </>
        )}
      </header>
      {opened ? (
        <>
          {opened.glass && (
            <MessageBar intent="warning" layout="multiline" data-glass>
              <MessageBarBody>
                {text.hands.glassNow(clockTime(opened.glass.expiresAt, text, Date.now()))}
              </MessageBarBody>
            </MessageBar>
          )}
          <Log key={opened.conversation.id} opened={opened} />
          <PromiseBar conversation={opened.conversation.id} />
          <Composer key={`composer ${opened.conversation.id}`} opened={opened} />
        </>
      ) : (
        <div className={styles.middle} role="status">
          {!openId && <Text>{text.pick}</Text>}
          {openId && status === 'loading' && <Spinner size="small" label={text.loading} />}
          {openId && status === 'gone' && <Gone id={openId} />}
          {openId && status === 'failed' && (
            <>
              <Text>{text.loadFailed}</Text>
              <Button onClick={() => void inbox.refresh()}>{text.retry}</Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** The conversation is no longer readable, but what the worker wrote is theirs to copy. */
function Gone({ id }: { id: string }) {
  const text = useText();
  const reply = useInboxState((state) => state.drafts[`reply:${id}`] ?? '');
  const note = useInboxState((state) => state.drafts[`note:${id}`] ?? '');
  return (
    <div>
      <Text block>{text.gone}</Text>
      <GlassDoor id={id} />
      {[reply, note].filter(Boolean).map((draft) => (
        <p key={draft} style={{ whiteSpace: 'pre-wrap', userSelect: 'text', textAlign: 'start' }}>
          {draft}
        </p>
      ))}
    </div>
  );
}
