import { Button } from '@fluentui/react-components';
import type { Opened } from '../wire.ts';
import { clockTime, useNow } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { Part } from './part.tsx';
import './promised-part.css';

/** What the person has been promised and when; done when somebody says so. */
export function PromisedPart({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const now = useNow();
  const busy = useInboxState((state) => state.busy);
  const { promised } = opened.handover;
  return (
    <Part title={text.hands.promised}>
      {promised.length === 0 && <p className="part-quiet">{text.hands.nothingPromised}</p>}
      <ul className="part-list part-wide" data-promised>
        {promised.map(({ id, worker, text: words, dueAt }) => (
          <li key={id} className="promised-part-promise">
            <time dateTime={dueAt} className={Date.parse(dueAt) <= now ? 'promised-part-due' : undefined}>
              {clockTime(dueAt, text, now)}
            </time>
            <span dir="auto" className="promised-part-words">
              {words}
            </span>
            <span className="part-quiet">{text.hands.promiseBy(worker)}</span>
            {!opened.glass && (
              <Button size="small" disabledFocusable={busy} onClick={() => void inbox.promiseDone(id)}>
                {text.hands.promiseDone}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
