import { Button, mergeClasses, Text } from '@fluentui/react-components';
import { ArrowUndo16Regular, Bot16Regular, Translate20Regular, Warning16Filled } from '@fluentui/react-icons';
import type { Opened } from '../wire.ts';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { QuickReplies } from './quick-replies.tsx';
import { smsSize } from './sms-size.ts';
import { draftKey } from './state.ts';
import { languageName, mainLanguage } from './text.ts';
import { useTopicTitle } from './topic-title.ts';
import './writing-row.css';

/** Two texts are what a phone shows as one message without making it dear (F47). */
const MANY_PARTS = 2;

/** What helps with a reply: approved answers, a machine's translation, and how many texts it becomes. */
export function WritingRow({ opened }: { opened: Opened }) {
  const text = useText();
  const topicTitle = useTopicTitle();
  const inbox = useInbox();
  const { id, language, channel } = opened.conversation;
  const draft = useInboxState((state) => state.drafts[draftKey(id, 'reply')] ?? '');
  const extra = useInboxState((state) => state.extras[id]);
  const writing = useInboxState((state) => state.writing);
  const translating = useInboxState((state) => state.translating);
  const own = mainLanguage(text);
  const canTranslate = writing?.translates && language !== own && !extra?.original;
  return (
    <>
      <div className="writing-row-row">
        <QuickReplies opened={opened} />
        {canTranslate && (
          <Button
            size="small"
            icon={<Translate20Regular />}
            disabledFocusable={translating || draft.trim() === ''}
            data-translate-draft
            onClick={() => void inbox.translateDraft(own)}
          >
            {translating ? text.writing.translating : text.writing.translateTo(languageName(language, text))}
          </Button>
        )}
        {channel === 'sms' && writing && draft.trim() !== '' && <Size text={draft} fold={writing.fold} />}
      </div>
      {extra?.answer && extra.answer.text === draft.trim() && (
        <Text size={200} data-from-answer={extra.answer.id}>
          {text.writing.fromAnswer(topicTitle(extra.answer.id) ?? extra.answer.id)}
        </Text>
      )}
      {extra?.original && (
        <div className="writing-row-beside" data-beside>
          <Text size={200} weight="semibold">
            <Bot16Regular aria-hidden /> {text.writing.translatedHere(languageName(language, text))}
          </Text>
          <p lang={extra.original.language} dir="auto">
            {extra.original.text}
          </p>
          <Button size="small" icon={<ArrowUndo16Regular />} onClick={() => inbox.untranslate()}>
            {text.writing.untranslate}
          </Button>
        </div>
      )}
    </>
  );
}

function Size({ text: draft, fold }: { text: string; fold: Readonly<Record<string, string>> }) {
  const text = useText();
  const { parts, left } = smsSize(draft.trim(), fold);
  const long = parts > MANY_PARTS;
  return (
    <span className={mergeClasses('writing-row-size', long && 'writing-row-long')} data-sms={parts}>
      {long && <Warning16Filled aria-hidden />}
      <span>{text.writing.sms(parts, left)}</span>
      {long && <span role="status">{text.writing.smsLong}</span>}
    </span>
  );
}
