import { Switch } from '@fluentui/react-components';
import { Ask } from './ask.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import './keys-dialog.css';

export function KeysDialog({ open, onDone }: { open: boolean; onDone(): void }) {
  const text = useText();
  const inbox = useInbox();
  const shortcuts = useInboxState((state) => state.shortcuts);
  return (
    <Ask open={open} title={text.keysTitle} onDone={onDone}>
      <dl className="keys-dialog-keys">
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
