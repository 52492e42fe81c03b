import { mergeClasses } from '@fluentui/react-components';
import { AlertUrgent16Filled, Circle16Regular, ErrorCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { Item } from '../wire.ts';
import { useText } from './inbox-context.ts';
import './urgency.css';

const ICONS = {
  emergency: AlertUrgent16Filled,
  urgent: ErrorCircle16Filled,
  elevated: Warning16Filled,
  none: Circle16Regular,
};

/** Icon, word and colour: each alone says how urgent it is. */
export function Urgency({ risk }: { risk: Item['risk'] }) {
  const Icon = ICONS[risk];
  return (
    <span className={mergeClasses('urgency-base', `urgency-${risk}`)} data-risk={risk}>
      <Icon aria-hidden />
      {useText().risk[risk]}
    </span>
  );
}
