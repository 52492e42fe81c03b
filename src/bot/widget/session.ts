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
  pending?: { key: string; text: string }[];
}

export interface Session {
  get(): Kept;
  set(change: Kept): void;
  wipe(): void;
  /** Something was kept here that another page of this tab has wiped since. */
  isOrphan(): boolean;
}

const NAME = 'chat';

/** Falls back to memory where the browser refuses storage, as it may in a frame. */
export function createSession(): Session {
  let kept: Kept = {};
  try {
    kept = JSON.parse(sessionStorage.getItem(NAME) ?? '{}');
  } catch {}
  return {
    get: () => kept,
    set(change) {
      kept = { ...kept, ...change };
      try {
        sessionStorage.setItem(NAME, JSON.stringify(kept));
      } catch {}
    },
    isOrphan() {
      try {
        return kept.token !== undefined && !sessionStorage.getItem(NAME);
      } catch {
        return false;
      }
    },
    wipe() {
      kept = {};
      try {
        sessionStorage.removeItem(NAME);
      } catch {}
    },
  };
}
