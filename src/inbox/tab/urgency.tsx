import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { AlertUrgent16Filled, Circle16Regular, ErrorCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { Item } from '../wire.ts';
import { useText } from './inbox-context.ts';

const useStyles = makeStyles({
  base: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightSemibold,
    '& svg': { flexShrink: 0 },
  },
  emergency: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    borderRadius: tokens.borderRadiusSmall,
    padding: `0 ${tokens.spacingHorizontalXS}`,
  },
  urgent: { color: tokens.colorStatusDangerForeground3 },
  elevated: { color: tokens.colorStatusWarningForeground2 },
  none: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

const ICONS = {
  emergency: AlertUrgent16Filled,
  urgent: ErrorCircle16Filled,
  elevated: Warning16Filled,
  none: Circle16Regular,
};

/** Icon, word and colour: each alone says how urgent it is. */
export function Urgency({ risk }: { risk: Item['risk'] }) {
  const styles = useStyles();
  const Icon = ICONS[risk];
  return (
    <span className={mergeClasses(styles.base, styles[risk])} data-risk={risk}>
      <Icon aria-hidden />
      {useText().risk[risk]}
    </span>
  );
}
