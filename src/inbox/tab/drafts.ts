import type { Memory } from './memory.ts';
import { draftKey, type InboxState, type Mode } from './state.ts';
import type { Store } from './store.ts';

export interface Drafts {
  setDraft(conversation: string, mode: Mode, text: string): void;
  setMode(mode: Mode): void;
  /** The first send after a switch was confirmed or went out. */
  disarm(): void;
  /** A conversation was opened: its own mode and drafts come back. */
  enter(conversation: string | null): void;
}

const draftAt = (key: string) => `utvag.draft.${key}`;
const modeAt = (conversation: string) => `utvag.mode.${conversation}`;

/** Unsent texts, one per conversation and mode, kept over a reload (F34). The mode sticks to its conversation (F37). */
export function createDrafts(store: Store<InboxState>, memory: Memory): Drafts {
  function change(mode: Mode): void {
    const { mode: before, armed } = store.get();
    store.set({ mode, armed: armed || mode !== before });
  }
  return {
    setDraft(conversation, mode, text) {
      const key = draftKey(conversation, mode);
      memory.write(draftAt(key), text === '' ? null : text);
      store.set({ drafts: { ...store.get().drafts, [key]: text } });
    },
    setMode(mode) {
      const { openId } = store.get();
      if (openId) memory.write(modeAt(openId), mode);
      change(mode);
    },
    disarm: () => store.set({ armed: false }),
    enter(conversation) {
      if (!conversation) return;
      const drafts = { ...store.get().drafts };
      for (const mode of ['reply', 'note'] as const) {
        const key = draftKey(conversation, mode);
        drafts[key] ??= memory.read(draftAt(key)) ?? '';
      }
      store.set({ drafts });
      change(memory.read(modeAt(conversation)) === 'note' ? 'note' : 'reply');
    },
  };
}
