import type { Item, ProtectedField } from '../wire.ts';
import { type Outcome, Refused, type Verb } from './api.ts';
import type { Around } from './around.ts';

export interface Verbs {
  /** Takes the open conversation over. A colleague who was first is named. */
  claim(): Promise<void>;
  /** Gives it up: `release` to the queue, `hand-back` to the bot. */
  giveUp(verb: Verb): Promise<void>;
  /** @returns whether it was closed */
  close(outcome: Outcome): Promise<boolean>;
  /** The number or address of the open conversation. @param keep the person has just said yes to it */
  readProtected(keep: boolean): Promise<ProtectedField | null>;
}

export function createVerbs({ api, store, refresh, explain }: Around): Verbs {
  /** Runs one verb at a time and shows the truth afterwards, whatever came of it. */
  async function run(act: () => Promise<void>): Promise<boolean> {
    if (store.get().busy) return false;
    store.set({ busy: true, notice: null });
    try {
      await act();
      return true;
    } catch (error) {
      explain(error);
      return false;
    } finally {
      store.set({ busy: false });
      void refresh();
    }
  }

  function show(conversation: Item, claim: string | null): void {
    const { opened, items } = store.get();
    store.set({ items: items.map((item) => (item.id === conversation.id ? conversation : item)) });
    if (opened?.conversation.id === conversation.id) store.set({ opened: { ...opened, conversation, claim } });
  }

  /** The open conversation and its claim token; without one the answer is already known. */
  function held(): { id: string; claim: string } {
    const { opened } = store.get();
    if (!opened?.claim) throw new Refused(409, opened?.conversation.worker?.name ?? null, 'not-holder');
    return { id: opened.conversation.id, claim: opened.claim };
  }

  return {
    async claim() {
      const { openId } = store.get();
      if (!openId) return;
      await run(async () => {
        const { claim, conversation } = await api.claim(openId);
        show(conversation, claim);
      });
    },
    async giveUp(verb) {
      await run(async () => {
        const { id, claim } = held();
        show((await api.verb(id, verb, claim)).conversation, null);
      });
    },
    async readProtected(keep) {
      let field: ProtectedField | null = null;
      await run(async () => {
        const { id, claim } = held();
        field = await api.readProtected(id, claim, keep);
      });
      return field;
    },
    async close(outcome) {
      return run(async () => {
        const { id, claim } = held();
        show((await api.close(id, claim, outcome)).conversation, null);
      });
    },
  };
}
