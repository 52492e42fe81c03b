import { Button, mergeClasses } from '@fluentui/react-components';
import { PersonSupport16Regular } from '@fluentui/react-icons';
import { useInbox, useText } from './inbox-context.ts';
import type { Outgoing } from './state.ts';
import './message-line.css';

/** A text that is on its way, or that did not get there. */
export function OutgoingLine({ outgoing }: { outgoing: Outgoing }) {
  const text = useText();
  const inbox = useInbox();
  const failed = outgoing.state === 'failed';
  return (
    <li className={mergeClasses('message-line-line', 'message-line-ours')} data-outgoing={outgoing.state}>
      <div className="message-line-head">
        <PersonSupport16Regular aria-hidden />
        <span className="message-line-name">{text.you}</span>
        {outgoing.mode === 'note' && text.verbs.note}
      </div>
      <p className={mergeClasses('message-line-body', 'message-line-worker')} dir="auto">
        {outgoing.text}
      </p>
      <div className={mergeClasses('message-line-foot', 'message-line-failed')} role={failed ? 'alert' : undefined}>
        <span className={failed ? 'message-line-failed-word' : undefined}>{failed ? text.notSent : text.sending}</span>
        {failed && (
          <>
            <Button size="small" onClick={() => inbox.retry(outgoing.clientId)}>
              {text.retry}
            </Button>
            <Button size="small" appearance="subtle" onClick={() => inbox.takeBack(outgoing.clientId)}>
              {text.takeBack}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
