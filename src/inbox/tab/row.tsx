import { mergeClasses } from '@fluentui/react-components';
import { Chat16Regular, Phone16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import type { Item } from '../wire.ts';
import { Ago } from './ago.tsx';
import { useText } from './inbox-context.ts';
import { languageName } from './text.ts';
import { Urgency } from './urgency.tsx';
import './row.css';

interface RowProps {
  item: Item;
  districtName: string;
  /** The reader's own id. */
  me: string | null;
  isOpen: boolean;
  tabbable: boolean;
  onOpen(id: string): void;
}

/** One conversation in the list. Nothing of what was said. */
export const Row = memo(function Row({ item, districtName, me, isOpen, tabbable, onOpen }: RowProps) {
  const text = useText();
  const ChannelIcon = item.channel === 'sms' ? Phone16Regular : Chat16Regular;
  const since = item.waitingSince ?? item.lastVisitorAt;
  return (
    <li className="row-item">
      <button
        type="button"
        data-row={item.id}
        className={mergeClasses('row-row', isOpen && 'row-open')}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={tabbable ? 0 : -1}
        onClick={() => onOpen(item.id)}
      >
        <span className="row-line">
          <Urgency risk={item.risk} />
          <span className={mergeClasses('row-district', item.unread > 0 && 'row-unread')}>{districtName}</span>
        </span>
        <span className={mergeClasses('row-line', 'row-end')}>{since && <Ago at={since} />}</span>
        <span className={mergeClasses('row-line', 'row-quiet')}>
          <ChannelIcon aria-hidden />
          <span className="row-district">
            {item.contactNo !== null && `${text.contact(item.contactNo)} · `}
            {text.channel[item.channel]} · {languageName(item.language, text)} · {holder(item, me, text)}
          </span>
        </span>
        <span className={mergeClasses('row-line', 'row-end', 'row-quiet')}>
          {item.reminded && <span className="row-unread">{text.hands.promiseDue}</span>}
          {item.unread > 0 && (
            <span className={mergeClasses('row-unread', 'row-fresh')}>{text.unread(item.unread)}</span>
          )}
        </span>
      </button>
    </li>
  );
});

function holder(item: Item, me: string | null, text: ReturnType<typeof useText>): string {
  if (item.owner === 'worker') {
    return item.worker && item.worker.id !== me ? text.held(item.worker.name) : text.heldByMe;
  }
  if (item.owner === 'bot') return text.withBot;
  return item.owner === 'closed' ? text.isClosed : text.views.waiting.toLocaleLowerCase(text.locale);
}
