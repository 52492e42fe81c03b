import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Chat16Regular, Phone16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import type { Item } from '../wire.ts';
import { Ago } from './ago.tsx';
import { useText } from './inbox-context.ts';
import { languageName } from './text.ts';
import { Urgency } from './urgency.tsx';

const useStyles = makeStyles({
  item: { contentVisibility: 'auto', containIntrinsicSize: 'auto 56px' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    width: '100%',
    minHeight: '56px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: '3px solid transparent',
    background: 'none',
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  open: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    borderLeftColor: tokens.colorCompoundBrandStroke,
  },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  district: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  unread: { fontWeight: tokens.fontWeightSemibold },
  fresh: {
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  quiet: { color: 'inherit', fontSize: tokens.fontSizeBase200 },
  end: { justifyContent: 'flex-end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
});

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
  const styles = useStyles();
  const ChannelIcon = item.channel === 'sms' ? Phone16Regular : Chat16Regular;
  const since = item.waitingSince ?? item.lastVisitorAt;
  return (
    <li className={styles.item}>
      <button
        type="button"
        data-row={item.id}
        className={mergeClasses(styles.row, isOpen && styles.open)}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={tabbable ? 0 : -1}
        onClick={() => onOpen(item.id)}
      >
        <span className={styles.line}>
          <Urgency risk={item.risk} />
          <span className={mergeClasses(styles.district, item.unread > 0 && styles.unread)}>{districtName}</span>
        </span>
        <span className={mergeClasses(styles.line, styles.end)}>{since && <Ago at={since} />}</span>
        <span className={mergeClasses(styles.line, styles.quiet)}>
          <ChannelIcon aria-hidden />
          <span className={styles.district}>
            {item.contactNo !== null && `${text.contact(item.contactNo)} · `}
            {text.channel[item.channel]} · {languageName(item.language, text)} · {holder(item, me, text)}
          </span>
        </span>
        <span className={mergeClasses(styles.line, styles.end, styles.quiet)}>
          {item.reminded && <span className={styles.unread}>{text.hands.promiseDue}</span>}
          {item.unread > 0 && (
            <span className={mergeClasses(styles.unread, styles.fresh)}>{text.unread(item.unread)}</span>
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
