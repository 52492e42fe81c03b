import type { FirstWord } from '../wire.ts';

/** What must outlive a reload of this tab, and nothing longer: the keys, the draft, what has not been sent. */
export interface Kept {
  token?: string;
  conversation?: string;
  /** Wakes the conversation when the tab has slept longer than the token lives. */
  resumeKey?: string;
  /** What was written before this watermark is not shown. */
  from?: string;
  covered?: boolean;
  draft?: string;
  language?: string;
  pending?: { key: string; text: string; firstWord?: FirstWord | undefined }[];
}

export interface Session {
  get(): Kept;
  set(change: Kept): void;
  wipe(): void;
  /** Something was kept here that another page of this tab has wiped since. */
  isOrphan(): boolean;
}

/** The name under which it is kept. */
export const KEPT_AS = 'chat';

/**
 * Falls back to memory where the browser refuses storage, as it may in a frame. Words are put down only while the page is out of
 * sight or on its way out: browsers copy a tab's storage to the disk, and closed tabs keep that copy (F41).
 */
export function createSession(): Session {
  let kept: Kept = {};
  let going = false;
  let written = false;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '{}');
    written = kept.token !== undefined;
  } catch {}
  const isWiped = () => written && !sessionStorage.getItem(KEPT_AS);
  const put = () => {
    const { draft, pending, ...keys } = kept;
    const now = going || document.hidden ? kept : keys;
    try {
      if (isWiped()) return;
      if (Object.keys(now).length > 0) sessionStorage.setItem(KEPT_AS, JSON.stringify(now));
      else sessionStorage.removeItem(KEPT_AS);
      written = now.token !== undefined;
    } catch {}
  };
  const goes = ({ type }: Event) => {
    going = type === 'pagehide';
    put();
  };
  for (const type of ['pagehide', 'pageshow']) addEventListener(type, goes);
  document.addEventListener('visibilitychange', put);
  return {
    get: () => kept,
    set(change) {
      kept = { ...kept, ...change };
      put();
    },
    isOrphan: isWiped,
    wipe() {
      kept = {};
      written = false;
      put();
    },
  };
}
