import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useText } from './inbox-context.ts';

interface AskProps {
  open: boolean;
  title: string;
  /** The word on the button that does it; without it there is nothing to do but close. */
  yes?: string;
  disabled?: boolean;
  onYes?(): void;
  onDone(): void;
  children: ReactNode;
}

/** A question before something is done. Focus goes back to where it came from. */
export function Ask({ open, title, yes, disabled = false, onYes, onDone, children }: AskProps) {
  const text = useText();
  return (
    <Dialog open={open} onOpenChange={(_, { open: stays }) => !stays && onDone()} modalType={yes ? 'alert' : 'modal'}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <Button onClick={onDone}>{yes ? text.cancel : text.dismiss}</Button>
            {yes && (
              <Button
                appearance="primary"
                disabled={disabled}
                data-yes
                onClick={() => {
                  onYes?.();
                  onDone();
                }}
              >
                {yes}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
