import { expect, it, vi } from 'vitest';
import { type Api, Refused, Unreachable } from '../../../src/inbox/tab/api.ts';
import { createInbox } from '../../../src/inbox/tab/inbox.ts';
import { createMemory } from '../../../src/inbox/tab/memory.ts';
import { notInLog } from '../../../src/inbox/tab/sending.ts';
import type { Item, Message, Opened, Page } from '../../../src/inbox/wire.ts';
import { makeItem, makeOffer, makeOpened } from '../../support/fake-conversation.ts';

const AT = '2026-11-22T10:00:00Z';
const ETT = { id: 'wrk_1', name: 'Ett' };
const item = (id: string, change: Partial<Item> = {}): Item =>
  makeItem({ id, owner: 'worker', worker: ETT, waitingSince: null, lastVisitorAt: AT, ...change });
const message = (seq: number, text: string, author: Message['author'] = 'worker'): Message => ({
  seq,
  author,
  name: null,
  text,
  language: 'sv',
  at: AT,
});
const opened = (id: string, change: Partial<Opened> = {}): Opened =>
  makeOpened(item(id), { messages: [message(1, 'hej', 'visitor')], claim: 'clm_1', ...change });
/** An inbox over an API that answers well unless `change` says otherwise. */
function make(change: Partial<Api> = {}, memory = createMemory(), inSight = () => true) {
  const asked: string[] = [];
  let ids = 0;
  const api: Api = {
    me: async () => ({ ...ETT, role: 'worker', districts: [{ slug: 'jarva', name: 'Järva' }] }),
    counts: async () => ({ waiting: 0, mine: 0, team: 0, longestWaitSince: null }),
    districts: async () => ({ items: [] }),
    duty: async () => ({ until: null, alerts: 'none' }),
    setDuty: async ({ until, alerts = 'none' }) => ({ until, alerts }),
    list: async () => ({ items: [], next: null }),
    open: async (id) => opened(id),
    offers: async () => ({ items: [] }),
    colleagues: async () => ({ districts: [], workers: [] }),
    take: async (id) => ({ claim: 'clm_2', conversation: item(id) }),
    verb: async (id) => ({ conversation: item(id) }),
    offer: async (id) => ({ offer: makeOffer(item(id), { from: ETT }) }),
    breakGlass: async () => ({ glass: { reason: 'on-call', at: AT, expiresAt: AT } }),
    remind: async (_, { seq, dueAt, text }) => ({ reminder: { id: 'rem_1', worker: 'Ett', text, dueAt, seq } }),
    reminderDone: async () => ({ promised: [] }),
    reply: async (_, { text }) => ({ message: message(2, text) }),
    note: async (_, { text }) => ({ note: { id: 'nte_1', worker: 'Ett', text, at: AT } }),
    answers: async () => ({ items: [] }),
    writing: async () => ({ translates: true, fold: {}, titles: {} }),
    translate: async (_, body) => ({
      translation: { language: 'to' in body ? body.to : 'ar', text: 'översatt', by: 'machine' },
    }),
    readProtected: async () => ({ kind: 'phone', value: '070-174 06 05' }),
    stream: async () => new ReadableStream(),
    ...change,
  };
  const newId = () => {
    ids += 1;
    return `client-${ids}`;
  };
  const inbox = createInbox({
    api,
    memory,
    newId,
    inSight,
    ring() {},
    now: Date.now,
    onSignIn: (trouble) => asked.push(trouble),
  });
  return { inbox, asked };
}

async function writing(change: Partial<Api>, text: string, memory = createMemory()) {
  const { inbox } = make(change, memory);
  inbox.open('cnv_1');
  await inbox.refresh();
  inbox.setDraft('cnv_1', 'reply', text);
  inbox.send();
  await until(() => inbox.get().outgoing.every(({ state }) => state === 'failed'));
  return inbox;
}

const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
};

it('an answer for a view that was left is not shown', async () => {
  const late = Promise.withResolvers<Page>();
  const asked = new Set<string>();
  const { inbox } = make({
    list({ view }) {
      asked.add(view);
      return view === 'waiting' ? late.promise : Promise.resolve({ items: [item('cnv_mine')], next: null });
    },
  });
  const shown = new Set<string>();
  inbox.subscribe(() => {
    for (const { id } of inbox.get().items) shown.add(id);
  });
  const first = inbox.refresh();
  await until(() => asked.has('waiting'));
  inbox.show('mine');
  late.resolve({ items: [item('cnv_waiting')], next: null });
  await first;
  await inbox.refresh();
  expect([...shown]).toEqual(['cnv_mine']);
});

it('a refresh reads as deep as was scrolled, and a row that moved between pages stands once', async () => {
  const all = Array.from({ length: 170 }, (_, n) => item(`cnv_${n}`));
  const { inbox } = make({
    async list({ cursor, limit }) {
      const from = Math.max(0, Number(cursor ?? 0) - 1);
      const to = from + limit;
      return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
    },
  });
  await inbox.refresh();
  await inbox.more();
  await inbox.more();
  expect(inbox.get().items.length).toBe(170);
  await inbox.refresh();
  expect(new Set(inbox.get().items.map(({ id }) => id)).size).toBe(inbox.get().items.length);
  expect(inbox.get().items.length).toBe(170);
});

it('news reads the first page again and leaves what was scrolled to, without rows that are gone and none twice', async () => {
  let all = Array.from({ length: 250 }, (_, n) => item(`cnv_${n}`));
  let readings = 0;
  const { inbox } = make({
    async list({ cursor, limit }) {
      readings += 1;
      const from = Number(cursor ?? 0);
      return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
    },
  });
  inbox.show('team');
  await inbox.refresh();
  await inbox.more();
  await inbox.more();
  expect(inbox.get().items).toHaveLength(250);
  const same = inbox.get().items[7];
  all = [item('cnv_new'), ...all.filter(({ id }) => id !== 'cnv_3')];
  readings = 0;
  vi.useFakeTimers();
  inbox.touch('cnv_new');
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
  expect(inbox.get().items.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(inbox.get().items.find(({ id }) => id === same?.id)).toBe(same);
  // The list's first page, and what waits and is mine for the alarms.
  expect(readings).toBe(3);
});

it('a refused text is back in its box, before what was written meanwhile', async () => {
  const inbox = await writing({ reply: () => Promise.reject(new Refused(409, 'Farsta 2')) }, 'första');
  expect(inbox.get().drafts['reply:cnv_1']).toBe('första');
  expect(inbox.get().notice).toEqual({ kind: 'held', name: 'Farsta 2' });
  expect(inbox.get().outgoing).toEqual([]);
});

it('a text without an answer is kept over a reload and retried under its own id', async () => {
  const memory = createMemory();
  await writing({ reply: () => Promise.reject(new Unreachable()) }, 'viktigt', memory);
  const sent: string[] = [];
  const reloaded = make(
    {
      async reply(_, { clientId, text }) {
        sent.push(clientId);
        return { message: message(2, text) };
      },
    },
    memory,
  ).inbox;
  expect(reloaded.get().outgoing).toMatchObject([{ clientId: 'client-1', text: 'viktigt', state: 'failed' }]);
  reloaded.open('cnv_1');
  await reloaded.refresh();
  reloaded.retry('client-1');
  await until(() => reloaded.get().outgoing.length === 0);
  expect(sent).toEqual(['client-1']);
});

it('without a claim token nothing is sent to anybody', async () => {
  let sent = 0;
  const api: Partial<Api> = {
    open: async (id) =>
      opened(id, { claim: null, conversation: item(id, { worker: { id: 'wrk_2', name: 'Farsta 2' } }) }),
    async reply(_, { text }) {
      sent += 1;
      return { message: message(2, text) };
    },
  };
  const inbox = await writing(api, 'hej');
  expect(sent).toBe(0);
  expect(inbox.get().drafts['reply:cnv_1']).toBe('hej');
});

it('texts go out one after the other, in the order they were written', async () => {
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const { inbox } = make({
    async reply(_, { text }) {
      if (text === 'ett') await first.promise;
      order.push(text);
      return { message: message(order.length + 1, text) };
    },
  });
  inbox.open('cnv_1');
  await inbox.refresh();
  for (const text of ['ett', 'två']) {
    inbox.setDraft('cnv_1', 'reply', text);
    inbox.send();
  }
  first.resolve();
  await until(() => inbox.get().outgoing.length === 0);
  expect(order).toEqual(['ett', 'två']);
});

it('a text whose answer was lost is not shown twice when the log has it', async () => {
  const inbox = await writing({ reply: () => Promise.reject(new Unreachable()) }, 'hej igen');
  const [text] = inbox.get().outgoing;
  const without = opened('cnv_1');
  const having = opened('cnv_1', { messages: [...without.messages, message(2, 'hej igen')] });
  expect(notInLog(inbox.get().outgoing, without)).toEqual([text]);
  expect(notInLog(inbox.get().outgoing, having)).toEqual([]);
});

it('the first send after a switch asks, also when the switch was to another conversation', async () => {
  const { inbox } = make();
  inbox.open('cnv_1');
  expect(inbox.get().armed).toBe(false);
  inbox.setMode('note');
  expect(inbox.get().armed).toBe(true);
  inbox.disarm();
  inbox.open('cnv_2');
  expect(inbox.get()).toMatchObject({ mode: 'reply', armed: true });
});

it('a lost token asks to sign in', async () => {
  const lost = make({ me: () => Promise.reject(new Refused(401)) });
  await lost.inbox.refresh();
  expect(lost.asked).toEqual(['choose']);
});

it('reads the open conversation again only for its own news, and only while somebody looks', async () => {
  let openings = 0;
  let looking = true;
  const open: Api['open'] = async (id) => {
    openings += 1;
    return opened(id);
  };
  const { inbox } = make({ open }, createMemory(), () => looking);
  inbox.open('cnv_1');
  await inbox.refresh();
  vi.useFakeTimers();
  const before = openings;
  const touched = async (conversation?: string) => {
    inbox.touch(conversation);
    await vi.advanceTimersByTimeAsync(100);
    return openings - before;
  };
  expect(await touched('cnv_other')).toBe(0);
  looking = false;
  expect(await touched('cnv_1')).toBe(0);
  looking = true;
  expect(await touched('cnv_other')).toBe(1);
  expect(await touched()).toBe(2);
  vi.useRealTimers();
});

it('a person who said no to texts is named as the reason, and the text stays', async () => {
  const inbox = await writing({ reply: () => Promise.reject(new Refused(409, null, 'unreachable')) }, 'hej');
  expect(inbox.get().notice?.kind).toBe('nobodyHears');
  expect(inbox.get().drafts['reply:cnv_1']).toBe('hej');
});

it('an answer asked for before the claim does not undo it', async () => {
  const late = Promise.withResolvers<Opened>();
  let slow = false;
  const { inbox } = make({
    open: (id) => (slow ? late.promise : Promise.resolve(opened(id, { claim: null }))),
    take: async (id) => ({ claim: 'clm_2', conversation: item(id, { version: 2 }) }),
  });
  inbox.open('cnv_1');
  await inbox.refresh();
  slow = true;
  const refreshed = inbox.refresh();
  await inbox.take('claim');
  late.resolve(opened('cnv_1', { claim: null }));
  await refreshed;
  expect(inbox.get().opened?.claim).toBe('clm_2');
});

it('a service that does not answer is said to be so until it does', async () => {
  let down = true;
  const { inbox } = make({
    list: () => (down ? Promise.reject(new Unreachable()) : Promise.resolve({ items: [], next: null })),
  });
  await inbox.refresh();
  expect(inbox.get()).toMatchObject({ reachable: false, list: 'failed', notice: null });
  down = false;
  await inbox.refresh();
  expect(inbox.get()).toMatchObject({ reachable: true, list: 'ready' });
});
