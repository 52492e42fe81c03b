import { Button } from '@fluentui/react-components';
import { Eye16Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useState } from 'react';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import './blurred.css';

/** Words that may hurt to read: blurred when the worker wants that, until they are wanted. @param on whether these are such words */
export function Blurred({ on, children }: { on: boolean; children: ReactNode }) {
  const text = useText();
  const blurred = useInboxState((state) => state.blur && !state.revealed);
  const [wanted, setWanted] = useState(false);
  if (!on || !blurred || wanted) return children;
  return (
    <span className="blurred-box" data-blurred>
      <span className="blurred-words" aria-hidden>
        {children}
      </span>
      <Button size="small" icon={<Eye16Regular />} onClick={() => setWanted(true)}>
        {text.writing.show}
      </Button>
    </span>
  );
}

/** `v` shows the blurred words of the open conversation, and blurs them again; never while somebody writes. */
export function useRevealKey(): void {
  const inbox = useInbox();
  useEffect(() => {
    function onKey({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
      if (key !== 'v' || ctrlKey || metaKey || altKey || !(target instanceof Element)) return;
      if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]')) return;
      inbox.reveal(!inbox.get().revealed);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [inbox]);
}
