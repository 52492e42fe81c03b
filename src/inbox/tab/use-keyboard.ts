import { useEffect } from 'react';
import type { Inbox } from './inbox.ts';

interface Keys {
  inbox: Inbox;
  onHelp(): void;
  /** From the conversation to the list. */
  onBack(): void;
}

/**
 * `j k` move, `enter` opens (a focused row is a button), `t r n` act, `esc` goes back, `?` helps; never while somebody writes.
 * Letters can be turned off (WCAG 2.1.4).
 */
export function useKeyboard({ inbox, onHelp, onBack }: Keys): void {
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
      const back = event.key === 'Escape' && target.closest('main') ? onBack : undefined;
      const action = back ?? (inbox.get().shortcuts ? actions[event.key] : undefined);
      if (!action) return;
      event.preventDefault();
      action();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [inbox, onHelp, onBack]);
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
