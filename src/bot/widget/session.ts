/** What must outlive a reload of this tab, and nothing longer: the token, the draft, what has not been sent. */
export interface Kept {
  token?: string;
  conversation?: string;
  draft?: string;
  language?: string;
  pending?: { key: string; text: string }[];
}

export interface Session {
  get(): Kept;
  set(change: Kept): void;
  wipe(): void;
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
    wipe() {
      kept = {};
      try {
        sessionStorage.removeItem(NAME);
      } catch {}
    },
  };
}
