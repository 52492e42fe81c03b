import type { Approved } from '../wire.ts';
import type { Around, InboxDeps } from './around.ts';
import type { Drafts } from './drafts.ts';
import { draftKey, lastFromVisitor } from './state.ts';

export interface WritingAids {
  /** Approved answers for the open conversation; null when they cannot be read now, which is said. */
  approved(): Promise<Approved[] | null>;
  /** Puts an approved answer into the box of the open conversation, to be changed or sent as it is. */
  insert(answer: Approved): void;
  /** A message of the open conversation in the worker's language. */
  translate(seq: number, to: string): Promise<void>;
  /** What stands in the box, in the person's language; what the worker wrote is kept beside it. @param from its language */
  translateDraft(from: string): Promise<void>;
  untranslate(): void;
  /** Somebody is writing there: shown for a few seconds, or until their words come. */
  typed(conversation: string): void;
  /** Violent words blurred until wanted, for this worker in this browser tab. */
  setBlur(on: boolean): void;
  reveal(on: boolean): void;
  /** What was chosen comes back when it is known who reads. */
  readBlur(): void;
}

const TYPING_MS = 6_000;

/** What helps a worker read and write: approved answers, a machine's translations, words blurred until they are wanted. */
export function createWriting(
  { api, store, explain }: Around,
  { memory, drafts }: Pick<InboxDeps, 'memory'> & { drafts: Drafts },
): WritingAids {
  const blurAt = () => `utvag.blur.${store.get().me?.id ?? ''}`;
  let silence: ReturnType<typeof setTimeout> | undefined;

  /** Runs one thing at a time on the open conversation; what went wrong is said. */
  async function run<T>(act: (id: string) => Promise<T>): Promise<T | null> {
    const { openId, translating } = store.get();
    if (!openId || translating) return null;
    store.set({ translating: true, notice: null });
    try {
      return await act(openId);
    } catch (error) {
      explain(error);
      return null;
    } finally {
      store.set({ translating: false });
    }
  }

  return {
    async approved() {
      const { opened } = store.get();
      if (!opened) return null;
      const { language, channel } = opened.conversation;
      try {
        return (await api.answers({ language, channel })).items;
      } catch (error) {
        explain(error);
        return null;
      }
    },
    insert({ id, text }) {
      const { openId, drafts: before, extras } = store.get();
      if (!openId) return;
      const draft = before[draftKey(openId, 'reply')]?.trim() ?? '';
      const { original } = extras[openId] ?? {};
      drafts.setMode('reply');
      if (draft === '') drafts.setReply(openId, text, { answer: { id, text } });
      else drafts.setReply(openId, `${draft}\n\n${text}`, original ? { original } : {});
    },
    async translate(seq, to) {
      await run(async (id) => {
        const { translation } = await api.translate(id, { seq, to });
        const { opened } = store.get();
        if (opened?.conversation.id !== id) return;
        const messages = opened.messages.map((each) =>
          each.seq === seq ? { ...each, translations: [...(each.translations ?? []), translation] } : each,
        );
        store.set({ opened: { ...opened, messages } });
      });
    },
    async translateDraft(from) {
      await run(async (id) => {
        const key = draftKey(id, 'reply');
        const text = store.get().drafts[key]?.trim() ?? '';
        if (text === '') return;
        const { translation } = await api.translate(id, { text });
        // Changed meanwhile: the translation is of other words.
        if (store.get().drafts[key]?.trim() !== text) return;
        drafts.setReply(id, translation.text, { original: { text, language: from } });
      });
    },
    untranslate() {
      const { openId, extras } = store.get();
      const { original } = (openId && extras[openId]) || {};
      if (openId && original) drafts.setReply(openId, original.text, {});
    },
    typed(conversation) {
      const { opened } = store.get();
      if (opened?.conversation.id !== conversation) return;
      store.set({ typing: { conversation, afterSeq: lastFromVisitor(opened) } });
      clearTimeout(silence);
      silence = setTimeout(() => store.set({ typing: null }), TYPING_MS);
    },
    setBlur(on) {
      memory.write(blurAt(), on ? 'on' : null);
      store.set({ blur: on, revealed: false });
    },
    reveal: (on) => store.set({ revealed: on }),
    readBlur: () => store.set({ blur: memory.read(blurAt()) === 'on' }),
  };
}
