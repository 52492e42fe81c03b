import type { Message, Note, Opened } from '../wire.ts';
import { Refused } from './api.ts';
import type { Around, InboxDeps } from './around.ts';
import type { Drafts } from './drafts.ts';
import { isOriginal, sentWith } from './extras.ts';
import { hasShape, readJson } from './memory.ts';
import { draftKey, type Outgoing } from './state.ts';

export interface Sending {
  /** Sends what stands in the box of the open conversation in the present mode. */
  send(): void;
  /** Tries a failed text once more under the same client id: the server makes one message of both. */
  retry(clientId: string): void;
  /** Puts a failed text back into its box. */
  takeBack(clientId: string): void;
}

type SendingDeps = Pick<InboxDeps, 'memory' | 'newId'> & { drafts: Drafts };

const KEY = 'utvag.outgoing';
const KEPT = { clientId: 'string', conversation: 'string', mode: 'string', text: 'string', afterSeq: 'number' };
const areKept = (value: unknown): value is Outgoing[] =>
  Array.isArray(value) &&
  value.every((each) => hasShape(each, { ...KEPT, answer: 'string?' }) && isOriginal(each.original));

/** Texts on their way: shown at once, one after the other, and never lost: sent, to be tried again, or back in the box. */
export function createSending(around: Around, { memory, newId, drafts }: SendingDeps): Sending {
  const { api, store } = around;
  let line: Promise<void> = Promise.resolve();

  const keep = (outgoing: readonly Outgoing[]) => {
    memory.write(KEY, outgoing.length === 0 ? null : JSON.stringify(outgoing));
    store.set({ outgoing });
  };
  const find = (clientId: string) => store.get().outgoing.find((each) => each.clientId === clientId);
  const mark = (clientId: string, state: Outgoing['state']) =>
    keep(store.get().outgoing.map((each) => (each.clientId === clientId ? { ...each, state } : each)));
  const drop = (clientId: string) => keep(store.get().outgoing.filter((each) => each.clientId !== clientId));

  function backInTheBox(text: Outgoing): void {
    const draft = store.get().drafts[draftKey(text.conversation, text.mode)] ?? '';
    drop(text.clientId);
    const both = draft.trim() === '' ? text.text : `${text.text}\n${draft}`;
    // It is the worker's own from now on: an answer that was refused may have been withdrawn.
    if (text.original) drafts.setReply(text.conversation, both, { original: text.original });
    else drafts.setDraft(text.conversation, text.mode, both);
  }

  async function deliver(text: Outgoing): Promise<void> {
    const { clientId, conversation, mode } = text;
    const { opened } = store.get();
    try {
      if (mode === 'note') {
        const { note } = await api.note(conversation, { clientId, text: text.text });
        merge(conversation, (now) => ({ ...now, notes: withNote(now.notes, note) }));
      } else {
        const here = opened?.conversation.id === conversation ? opened : await api.open(conversation);
        if (!here.claim) throw new Refused(409, here.conversation.worker?.name ?? null, 'not-holder');
        const { message } = await api.reply(conversation, {
          claim: here.claim,
          clientId,
          text: text.text,
          answer: text.answer,
          original: text.original,
        });
        merge(conversation, (now) => ({ ...now, messages: withMessage(now.messages, message) }));
        // A promise is found in the words the worker wrote, whatever language they went out in.
        await propose(conversation, { ...message, text: text.original?.text ?? message.text });
      }
      drop(clientId);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) {
        mark(clientId, 'failed');
        return around.explain(error);
      }
      backInTheBox(text);
      around.explain(error);
    }
    await around.refresh();
  }

  /** A time that was promised is put to the worker as a reminder; nothing is kept that they do not say yes to. */
  async function propose(conversation: string, { seq, text, at }: Message): Promise<void> {
    // Its many patterns are costly to make, so not at the start. What was sent is sent, also when they cannot be had.
    const found = await import('./promise.ts').then(({ promiseIn }) => promiseIn(text, new Date(at))).catch(() => null);
    if (found) store.set({ proposal: { conversation, seq, dueAt: found.dueAt.toISOString(), text: found.said } });
  }

  function merge(conversation: string, change: (now: Opened) => Opened): void {
    const { opened } = store.get();
    if (opened?.conversation.id === conversation) store.set({ opened: change(opened) });
  }

  function queue(text: Outgoing): void {
    line = line.then(() => deliver(text));
  }

  // What was under way when the page went is not known to have arrived: it is shown as failed, with its id.
  const kept = readJson(memory, KEY, areKept);
  if (kept) store.set({ outgoing: kept.map((each) => ({ ...each, state: 'failed' })) });

  return {
    send() {
      const { openId, opened, mode, drafts: unsent, extras, outgoing } = store.get();
      const text = (openId && unsent[draftKey(openId, mode)]?.trim()) || '';
      if (!openId || text === '') return;
      const afterSeq = opened?.messages.at(-1)?.seq ?? 0;
      const made: Outgoing = {
        clientId: newId(),
        conversation: openId,
        mode,
        text,
        ...(mode === 'reply' ? sentWith(extras[openId], text) : {}),
        state: 'sending',
        afterSeq,
      };
      keep([...outgoing, made]);
      drafts.setDraft(openId, mode, '');
      store.set({ armed: false, notice: null });
      queue(made);
    },
    retry(clientId) {
      const text = find(clientId);
      if (text?.state !== 'failed') return;
      mark(clientId, 'sending');
      queue(text);
    },
    takeBack(clientId) {
      const text = find(clientId);
      if (text?.state === 'failed') backInTheBox(text);
    },
  };
}

/** The texts still to be shown beside the log: one that the log already has arrived although its answer did not. */
export const notInLog = (outgoing: readonly Outgoing[], opened: Opened): Outgoing[] =>
  outgoing.filter(
    (each) =>
      each.conversation === opened.conversation.id &&
      !(
        each.mode === 'reply' &&
        opened.messages.some((m) => m.author === 'worker' && m.seq > each.afterSeq && m.text === each.text)
      ),
  );

const withMessage = (messages: Message[], message: Message): Message[] =>
  [...messages.filter((each) => each.seq !== message.seq), message].sort((a, b) => a.seq - b.seq);

const withNote = (notes: Note[], note: Note): Note[] => [...notes.filter((each) => each.id !== note.id), note];
