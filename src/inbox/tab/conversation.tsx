import { Button, MessageBar, MessageBarBody, Spinner, Subtitle2, Text } from '@fluentui/react-components';
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
import './conversation.css';

interface ConversationProps {
  onBack(): void;
  onDetails(): void;
}

/** The open conversation: what it is, what was said, what to do and where to write. */
export function Conversation({ onBack, onDetails }: ConversationProps) {
  const text = useText();
  const inbox = useInbox();
  const openId = useInboxState((state) => state.openId);
  const opened = useInboxState((state) => state.opened);
  const status = useInboxState((state) => state.conversation);
  const waiting = useInboxState((state) => state.counts?.waiting ?? 0);
  const me = useInboxState((state) => state.me);
  const item = opened?.conversation;
  useRevealKey();

  return (
    <div className="conversation-main">
      <header className="conversation-head">
        <div className={`conversation-narrow conversation-row`}>
          <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack} data-back>
            {text.views.waiting} {waiting}
          </Button>
          <Text size={200}>
            <LongestWait />
          </Text>
        </div>
        {item && (
          <>
            <Subtitle2 as="h2" className="conversation-title" tabIndex={-1} id="conversation-title">
              <Urgency risk={item.risk} />
              <span>
                {item.contactNo !== null && `${text.contact(item.contactNo)} · `}
                {text.channelLong[item.channel]} ·{' '}
                {me?.districts.find(({ slug }) => slug === item.district)?.name ?? item.district} ·{' '}
                {languageName(item.language, text)}
              </span>
            </Subtitle2>
            <div className="conversation-title">
              <VerbBar opened={opened} />
              <Button
                className="conversation-details"
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
        <div className="conversation-middle" role="status">
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
