import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Opened } from '../wire.ts';
import { useInboxState, useText } from './inbox-context.ts';
import { MessageLine } from './message-line.tsx';
import { OutgoingLine } from './outgoing-line.tsx';
import { notInLog } from './sending.ts';
import { lastFromVisitor } from './state.ts';
import './log.css';

/** Shows a message in the middle of the log and puts the focus there. */
export function jumpTo(seq: number): void {
  const line = document.querySelector<HTMLElement>(`[role="log"] [data-seq="${seq}"]`);
  line?.scrollIntoView({ block: 'center' });
  line?.focus({ preventScroll: true });
}

/** Within this of the end the reader is taken to follow the conversation. */
const NEAR_END_PX = 80;

/** The whole conversation from its first message (F10). Stays at the end unless the reader has scrolled up. */
export function Log({ opened }: { opened: Opened }) {
  const text = useText();
  const outgoing = useInboxState((state) => state.outgoing);
  const unsent = notInLog(outgoing, opened);
  const scroll = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const following = useRef(true);
  const [newer, setNewer] = useState(false);
  const lastSeq = opened.messages.at(-1)?.seq;

  const toEnd = useCallback(() => scroll.current?.scrollTo({ top: scroll.current.scrollHeight }), []);

  useLayoutEffect(() => {
    if (following.current) toEnd();
    else if (lastSeq) setNewer(true);
  }, [lastSeq, toEnd]);

  useLayoutEffect(() => {
    // Who has just written wants to see it, wherever they had scrolled.
    if (unsent.length > 0) toEnd();
  }, [unsent.length, toEnd]);

  useEffect(() => {
    // Lines get their real height when they come into view: the end moves, and so does who follows it.
    const sizes = new ResizeObserver(() => following.current && toEnd());
    if (list.current) sizes.observe(list.current);
    if (scroll.current) sizes.observe(scroll.current);
    return () => sizes.disconnect();
  }, [toEnd]);

  const onScroll = () => {
    const box = scroll.current;
    if (!box) return;
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (following.current) setNewer(false);
  };

  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={scroll} className="log-scroll" onScroll={onScroll} tabIndex={0} role="log" aria-label={text.log}>
        <ol ref={list} className="log-list">
          <li className="log-start">{text.start}</li>
          {opened.messages.map((message) => (
            <MessageLine key={message.seq} message={message} />
          ))}
          <Typing opened={opened} />
          {unsent.map((each) => (
            <OutgoingLine key={each.clientId} outgoing={each} />
          ))}
        </ol>
      </div>
      {newer && (
        <Button className="log-newer" size="small" appearance="primary" onClick={toEnd}>
          {text.newer}
        </Button>
      )}
    </div>
  );
}

/** The person writes just now; until their words have come. */
function Typing({ opened }: { opened: Opened }) {
  const text = useText();
  const typing = useInboxState((state) => state.typing);
  if (typing?.conversation !== opened.conversation.id || lastFromVisitor(opened) > typing.afterSeq) return null;
  return (
    <li className="log-typing" data-typing>
      {text.writing.typing}
    </li>
  );
}
