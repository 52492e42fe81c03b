import { Text } from '@fluentui/react-components';
import { useInboxState, useText } from './inbox-context.ts';
import { LaterPart } from './later-part.tsx';
import './talk.css';

interface TalkProps {
  onBack(): void;
  onDetails(): void;
}

/** Where a conversation is read and written; until one is opened, what to do. */
export function Talk(props: TalkProps) {
  const text = useText();
  const openId = useInboxState((state) => state.openId);
  if (openId) return <LaterPart>{({ Conversation }) => <Conversation {...props} />}</LaterPart>;
  return (
    <div className="talk-middle" role="status">
      <Text>{text.pick}</Text>
    </div>
  );
}
