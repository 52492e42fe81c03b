import { useEffect } from 'react';

/**
 * Focus is never lost: when what had it is gone, the row beside it gets it, else the open conversation, else the list.
 * Somebody who works by keyboard or screen reader would otherwise begin again at the top of the page.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let beside: Element | null = null;
    const note = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
      beside = null;
    };
    const mend = () => {
      // A dialog that closes gives its focus back by itself.
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      home(beside)?.focus();
    };
    const gone = new MutationObserver((records) => {
      if (!last || last.isConnected) return;
      for (const { removedNodes, nextSibling, previousSibling } of records)
        if ([...removedNodes].some((node) => node.contains(last)))
          beside = rowIn(nextSibling) ?? rowIn(previousSibling);
      setTimeout(mend);
    });
    document.addEventListener('focusin', note);
    gone.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', note);
      gone.disconnect();
    };
  }, []);
}

const ROW = '[data-row]';

const rowIn = (node: Node | null): Element | null => (node instanceof Element ? node.querySelector(ROW) : null);

function home(beside: Element | null): HTMLElement | null {
  if (beside instanceof HTMLElement && beside.isConnected) return beside;
  const places = ['#conversation-title', `${ROW}[tabindex="0"]`, '[role="tab"][aria-selected="true"]'];
  const all = places.map((place) => document.querySelector<HTMLElement>(place));
  return all.find((element) => element?.checkVisibility()) ?? null;
}
