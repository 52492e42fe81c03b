import { type Extra, isExtra } from './extras.ts';
import { type Memory, readJson } from './memory.ts';
import { draftKey, type InboxState, type Mode } from './state.ts';
import type { Store } from './store.ts';

export interface Drafts {
  setDraft(conversation: string, mode: Mode, text: string): void;
  /** A reply that is more than its words: an approved answer, or a translation of what the worker wrote. */
  setReply(conversation: string, text: string, extra: Extra): void;
  setMode(mode: Mode): void;
  /** The first send after a switch was confirmed or went out. */
  disarm(): void;
  /** A conversation was opened: its own mode and drafts come back. */
  enter(conversation: string | null): void;
}

const draftAt = (key: string) => `utvag.draft.${key}`;
const modeAt = (conversation: string) => `utvag.mode.${conversation}`;
const extraAt = (conversation: string) => `utvag.extra.${conversation}`;

/** Unsent texts, one per conversation and mode, kept over a reload (F34). The mode sticks to its conversation (F37). */
export function createDrafts(store: Store<InboxState>, memory: Memory): Drafts {
  function change(mode: Mode): void {
    const { mode: before, armed } = store.get();
    store.set({ mode, armed: armed || mode !== before });
  }
  function setExtra(conversation: string, extra: Extra): void {
    const empty = !extra.answer && !extra.original;
    memory.write(extraAt(conversation), empty ? null : JSON.stringify(extra));
    store.set({ extras: { ...store.get().extras, [conversation]: extra } });
  }
  function setDraft(conversation: string, mode: Mode, text: string): void {
    const key = draftKey(conversation, mode);
    memory.write(draftAt(key), text === '' ? null : text);
    store.set({ drafts: { ...store.get().drafts, [key]: text } });
    // An emptied box is begun anew.
    if (mode === 'reply' && text.trim() === '') setExtra(conversation, {});
  }
  return {
    setDraft,
    setReply(conversation, text, extra) {
      setDraft(conversation, 'reply', text);
      setExtra(conversation, extra);
    },
    setMode(mode) {
      const { openId } = store.get();
      if (openId) memory.write(modeAt(openId), mode);
      change(mode);
    },
    disarm: () => store.set({ armed: false }),
    enter(conversation) {
      if (!conversation) return;
      const { drafts: before, extras } = store.get();
      const drafts = { ...before };
      for (const mode of ['reply', 'note'] as const) {
        const key = draftKey(conversation, mode);
        drafts[key] ??= memory.read(draftAt(key)) ?? '';
      }
      const extra = extras[conversation] ?? readJson(memory, extraAt(conversation), isExtra) ?? {};
      store.set({ drafts, extras: { ...extras, [conversation]: extra } });
      change(memory.read(modeAt(conversation)) === 'note' ? 'note' : 'reply');
    },
  };
}
