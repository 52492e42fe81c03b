import type { Colleagues, Item, Offer, ProtectedField } from '../wire.ts';
import { type OfferVerb, type Outcome, Refused, type TakingVerb, type Verb } from './api.ts';
import type { Around } from './around.ts';

export interface Verbs {
  /** Takes a conversation: from the queue, an offer, a colleague or the closed ones. A colleague who was first is named. @returns whether it is ours */
  take(verb: TakingVerb, id?: string, body?: object): Promise<boolean>;
  /** Gives the open conversation up, to the queue or the bot, with a last word to the person if there is one. */
  giveUp(verb: 'release' | 'hand-back', text?: string): Promise<void>;
  /** @param reason a supervisor's, who needs no claim @returns whether it was closed */
  close(outcome: Outcome, reason?: string): Promise<boolean>;
  hold(on: boolean): Promise<void>;
  /** Offers the open conversation, or takes the offer back. */
  offer(verb: 'transfer' | 'withdraw', to?: object): Promise<void>;
  decline(id: string, reason: string): Promise<void>;
  /** To whom a conversation can be offered; null when that cannot be read now, which is said. */
  colleagues(): Promise<Colleagues | null>;
  /** Opens a conversation of another district for reading. */
  breakGlass(id: string, reason: string): Promise<void>;
  /** Keeps the promise that was found in what was sent, at the time the worker has set; null: it is none. */
  answerProposal(dueAt: string | null): Promise<void>;
  promiseDone(reminder: string): Promise<void>;
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

  async function change(verb: Verb, body: () => { id: string }): Promise<boolean> {
    return run(async () => {
      const { id, ...rest } = body();
      show((await api.verb(id, verb, rest)).conversation, null);
    });
  }

  async function onOffer(verb: OfferVerb, body: () => { id: string }): Promise<void> {
    await run(async () => {
      const { id, ...rest } = body();
      const { offer } = await api.offer(id, verb, rest);
      withdraw((each) => each.id === offer.id);
    });
  }

  /** An offer that is answered is not shown until the next reading. */
  function withdraw(isAnswered: (offer: Offer) => boolean): void {
    store.set({ offers: store.get().offers.filter((each) => !isAnswered(each)) });
  }

  return {
    async take(verb, id = store.get().openId ?? '', body = {}) {
      if (id === '') return false;
      return run(async () => {
        const { claim, conversation } = await api.take(id, verb, body);
        show(conversation, claim);
        withdraw((each) => each.conversation === conversation.id);
      });
    },
    async giveUp(verb, text = '') {
      await change(verb, () => ({ ...held(), ...(text.trim() ? { text } : {}) }));
    },
    close: (outcome, reason) =>
      change('close', () => (reason ? { id: open(), reason, outcome } : { ...held(), outcome })),
    async hold(on) {
      await run(async () => {
        const { conversation } = await api.verb(open(), 'hold', { on });
        show(conversation, store.get().opened?.claim ?? null);
      });
    },
    offer: (verb, to = {}) => onOffer(verb, () => ({ ...held(), ...to })),
    decline: (id, reason) => onOffer('decline', () => ({ id, reason })),
    async colleagues() {
      try {
        return await api.colleagues();
      } catch (error) {
        explain(error);
        return null;
      }
    },
    async breakGlass(id, reason) {
      await run(async () => void (await api.breakGlass(id, reason)));
    },
    async answerProposal(dueAt) {
      const { proposal } = store.get();
      store.set({ proposal: null });
      if (!proposal || dueAt === null) return;
      const { conversation, seq, text } = proposal;
      const kept = await run(async () => void (await api.remind(conversation, { seq, dueAt, text })));
      if (!kept) store.set({ proposal });
    },
    async promiseDone(reminder) {
      await run(async () => void (await api.reminderDone(open(), reminder)));
    },
    async readProtected(keep) {
      let field: ProtectedField | null = null;
      await run(async () => {
        const { id, claim } = held();
        field = await api.readProtected(id, claim, keep);
      });
      return field;
    },
  };

  function open(): string {
    return store.get().opened?.conversation.id ?? '';
  }
}
