import { Button, mergeClasses, Text, Textarea } from '@fluentui/react-components';
import { Note20Regular, Send20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Opened } from '../wire.ts';
import { clockTime, useNow } from './ago.tsx';
import { Ask } from './ask.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { type CannotSend, cannotReply, draftKey, isFinal, type Mode } from './state.ts';
import { WritingRow } from './writing-row.tsx';
import './composer.css';

const MODES: readonly Mode[] = ['reply', 'note'];
const LONGEST = 4_000;

/** Two unmistakable modes: a reply goes to the person, a note never does. The first send after a switch asks (F37). */
export function Composer({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const { id } = opened.conversation;
  const mode = useInboxState((state) => state.mode);
  const armed = useInboxState((state) => state.armed);
  const draft = useInboxState((state) => state.drafts[draftKey(id, mode)] ?? '');
  const [asking, setAsking] = useState(false);

  const isNote = mode === 'note';
  const blocked = cannotReply(opened);
  const why = !isNote || blocked === 'erased' ? blocked : null;
  const ready = why === null && draft.trim() !== '';
  const send = () => {
    if (!ready) return;
    if (armed) setAsking(true);
    else inbox.send();
  };

  return (
    <section
      className={mergeClasses('composer-box', isNote ? 'composer-note' : 'composer-reply')}
      aria-label={isNote ? text.modeNote : text.modeReply}
      data-mode={mode}
    >
      <div className="composer-modes" role="radiogroup" aria-label={text.modeLabel}>
        {MODES.map((each) => (
          <Button
            key={each}
            size="small"
            role="radio"
            aria-checked={mode === each}
            data-set-mode={each}
            appearance={mode === each ? 'outline' : 'subtle'}
            icon={each === 'note' ? <Note20Regular /> : <Send20Regular />}
            onClick={() => inbox.setMode(each)}
          >
            {each === 'note' ? text.modeNote : text.modeReply}
          </Button>
        ))}
      </div>
      <Textarea
        className="composer-area"
        textarea={{ id: 'composer', dir: 'auto', 'aria-describedby': 'composer-why', maxLength: LONGEST }}
        aria-label={isNote ? text.modeNote : text.modeReply}
        placeholder={isNote ? text.placeholderNote : text.placeholderReply}
        rows={2}
        resize="vertical"
        value={draft}
        disabled={why === 'erased' || (!isNote && isFinal(why))}
        onChange={(_, { value }) => inbox.setDraft(id, mode, value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {!isNote && why === null && <WritingRow opened={opened} />}
      <div className="composer-foot">
        <Text id="composer-why" className="composer-why" data-why={why ?? undefined}>
          <Why opened={opened} why={why} />
        </Text>
        <Button
          appearance={isNote ? 'secondary' : 'primary'}
          className={isNote && ready ? 'composer-note-button' : undefined}
          icon={isNote ? <Note20Regular /> : <Send20Regular />}
          disabledFocusable={!ready}
          data-send={mode}
          onClick={send}
        >
          {isNote ? text.saveNote : text.sendReply}
        </Button>
      </div>
      <Ask
        open={asking}
        title={isNote ? text.askNote : text.askReply}
        yes={isNote ? text.saveNote : text.sendReply}
        onYes={() => inbox.send()}
        onDone={() => setAsking(false)}
      >
        {isNote ? text.askNoteBody : text.askReplyBody}
      </Ask>
    </section>
  );
}

/** Why nothing can be sent; or, when it can, how, and whether the person is still there. */
function Why({ opened, why }: { opened: Opened; why: CannotSend | null }): string {
  const text = useText();
  const now = useNow();
  const { leftAt } = opened.handover;
  if (why === null) return leftAt ? text.writing.leftAt(clockTime(leftAt, text, now)) : text.sendHint;
  if (why === 'opted-out') return text.optedOut;
  if (why === 'no-number' || why === 'erased') return text.writing.unreachable[why];
  return why === 'held' ? text.blocked.held(opened.conversation.worker?.name ?? text.who.worker) : text.blocked[why];
}
