import { Button } from '@fluentui/react-components';
import { ArrowRight16Regular } from '@fluentui/react-icons';
import type { Message, Opened } from '../wire.ts';
import { clockTime, useNow } from './ago.tsx';
import { Blurred } from './blurred.tsx';
import { useText } from './inbox-context.ts';
import { Part } from './part.tsx';
import './asked-part.css';

const LONGEST = 280;

/** What was asked, in the person's own words, each with the way to where it was said. */
export function AskedPart({ opened, onJump }: { opened: Opened; onJump(seq: number): void }) {
  const text = useText();
  const asked = opened.messages.filter(({ seq }) => opened.handover.asked.includes(seq));
  return (
    <Part title={text.writing.asked}>
      <p className="asked-part-quiet">{asked.length > 0 ? text.writing.askedHint : text.writing.nothingAsked}</p>
      <ul className="part-list part-wide" data-asked>
        {asked.map((message) => (
          <li key={message.seq}>
            <Quote message={message} words={short(message.text)} onJump={onJump} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** The person's words, blurred on wish, with the time they were written: it leads there. */
export function Quote({ message, words, onJump }: { message: Message; words: string; onJump(seq: number): void }) {
  const text = useText();
  const now = useNow();
  const clock = clockTime(message.at, text, now);
  return (
    <>
      <blockquote className="asked-part-quote" lang={message.language} dir="auto">
        <Blurred on>{words}</Blurred>
      </blockquote>
      <Button
        size="small"
        appearance="transparent"
        icon={<ArrowRight16Regular />}
        data-jump={message.seq}
        onClick={() => onJump(message.seq)}
      >
        {text.writing.jump(clock)}
      </Button>
    </>
  );
}

const short = (words: string): string => (words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()} …` : words);
