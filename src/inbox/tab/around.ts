import type { Api } from './api.ts';
import type { Memory } from './memory.ts';
import type { SignInTrouble } from './session.ts';
import type { InboxState } from './state.ts';
import type { Store } from './store.ts';

export interface InboxDeps {
  api: Api;
  memory: Memory;
  /** A fresh id for a text on its way. */
  newId(): string;
  /** Whether somebody can see the page. */
  inSight(): boolean;
  /** Two short tones. */
  ring(): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves when what is known now has been drawn; at once if left out. */
  painted?(): Promise<void>;
  /** There is no token any more. */
  onSignIn(trouble: SignInTrouble): void;
}

/** What the verbs and the sending need from the inbox around them. */
export interface Around {
  api: Api;
  store: Store<InboxState>;
  refresh(): Promise<void>;
  /** Shows what an error means to the reader; an error that is ours is thrown on. */
  explain(error: unknown): void;
}
