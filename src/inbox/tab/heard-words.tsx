import { Text } from '@fluentui/react-components';
import type { Opened } from '../wire.ts';
import { Quote } from './asked-part.tsx';
import { useText } from './inbox-context.ts';
import { gravity } from './worst-first.ts';
import './heard-words.css';

/** The words that made the machine raise the danger, the gravest message first. */
export function HeardWords({ opened, onJump }: { opened: Opened; onJump(seq: number): void }) {
  const text = useText();
  const heard = opened.messages
    .flatMap((message) => (message.heard ? [{ message, ...message.heard }] : []))
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => gravity(b.level) - gravity(a.level) || a.message.seq - b.message.seq);
  if (heard.length === 0) return null;
  return (
    <>
      <Text weight="semibold" className="heard-words-title">
        {text.writing.heardWords}
      </Text>
      <ul className="heard-words-list" data-heard>
        {heard.map(({ message, spans }) => (
          <li key={message.seq}>
            <Quote
              message={message}
              words={spans.map(([from, to]) => message.text.slice(from, to)).join(' … ')}
              onJump={onJump}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
