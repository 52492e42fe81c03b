import { makeStyles, Switch, tokens } from '@fluentui/react-components';
import { Ask } from './ask.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';

const useStyles = makeStyles({
  keys: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    '& dt': { fontFamily: tokens.fontFamilyMonospace, fontWeight: tokens.fontWeightSemibold },
    '& dd': { margin: 0 },
  },
});

export function KeysDialog({ open, onDone }: { open: boolean; onDone(): void }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const shortcuts = useInboxState((state) => state.shortcuts);
  return (
    <Ask open={open} title={text.keysTitle} onDone={onDone}>
      <dl className={styles.keys}>
        {text.keys.map(([key, what]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{key}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={text.list.shortcuts}
        checked={shortcuts}
        data-shortcuts
        onChange={(_, { checked }) => inbox.setShortcuts(checked)}
      />
    </Ask>
  );
}
