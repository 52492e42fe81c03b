import { useEffect } from 'react';
import type { Inbox } from './inbox.ts';

interface Keys {
  inbox: Inbox;
  onHelp(): void;
}

/** `j k` move, `enter` opens (a focused row is a button), `t r n` act, `?` helps; never while somebody writes. */
export function useKeyboard({ inbox, onHelp }: Keys): void {
  useEffect(() => {
    const actions: Record<string, () => void> = {
      j: () => moveRow(1),
      k: () => moveRow(-1),
      t: () => canClaim(inbox) && void inbox.take('claim'),
      r: () => write(inbox, 'reply'),
      n: () => write(inbox, 'note'),
      '?': onHelp,
    };
    function onKey(event: KeyboardEvent): void {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return;
      if (target.closest('[role="dialog"], [role="alertdialog"]')) return;
      if (target.matches('input, textarea, select, [contenteditable]')) {
        if (event.key === 'Escape' && target.matches('#composer'))
          document.getElementById('conversation-title')?.focus();
        return;
      }
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [inbox, onHelp]);
}

function moveRow(step: number): void {
  const rows = [...document.querySelectorAll<HTMLButtonElement>('[data-row]')];
  const focused = rows.findIndex((row) => row.matches(':focus'));
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.ariaCurrent === 'true');
  const row = rows[Math.min(rows.length - 1, Math.max(0, from + step))];
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

function canClaim(inbox: Inbox): boolean {
  const { opened } = inbox.get();
  return opened?.conversation.owner === 'waiting' || opened?.conversation.owner === 'bot';
}

function write(inbox: Inbox, mode: 'reply' | 'note'): void {
  if (!inbox.get().opened) return;
  inbox.setMode(mode);
  document.getElementById('composer')?.focus();
}
