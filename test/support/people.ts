import { newId } from '../../db/schema/columns.ts';
import type { Claimed, Counts, Item, Message, Opened, Page } from '../../src/inbox/wire.ts';
import type { TestHouse } from './house.ts';
import { until } from './until.ts';

/** An answer as the person's program sees it. */
export interface Answer<T> {
  status: number;
  body: T;
}

export async function call<T = unknown>(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...init });
  const text = await response.text();
  return { status: response.status, body: parse<T>(text) };
}

function parse<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(JSON.stringify({ text }));
  }
}

export interface Bubble {
  id: string;
  who: 'visitor' | 'bot' | 'worker' | 'system';
  name: string | undefined;
  text: string;
  choices: string[];
}

interface WireActivity {
  id: string;
  type: string;
  name?: string;
  value?: unknown;
  text?: string;
  from?: { role?: string; name?: string };
  channelData?: { utvag?: { author?: Bubble['who'] } };
  suggestedActions?: { actions: { title: string }[] };
}

/** A young person on the web, over Direct Line's REST. @param known a conversation that is already theirs. */
export async function youngPerson(house: TestHouse, known?: { token: string; conversationId: string }) {
  const base = `${house.url}/v3/directline`;
  const { body: opened } = known
    ? { body: known }
    : await call<{ token: string; conversationId: string }>(`${base}/tokens/generate`, 'POST', {});
  const id = opened.conversationId;
  const headers = { authorization: `Bearer ${opened.token}` };
  const person = {
    id,
    token: opened.token,
    headers,
    async activities(): Promise<WireActivity[]> {
      const { body } = await call<{ activities: WireActivity[] }>(
        `${base}/conversations/${id}/activities`,
        'GET',
        undefined,
        headers,
      );
      return body.activities;
    },
    async sees(): Promise<Bubble[]> {
      return (await person.activities())
        .filter((a) => a.type === 'message')
        .map((a) => ({
          id: a.id,
          who: a.from?.role === 'user' ? 'visitor' : (a.channelData?.utvag?.author ?? 'bot'),
          name: a.from?.name,
          text: a.text ?? '',
          choices: a.suggestedActions?.actions.map((s) => s.title) ?? [],
        }));
    },
    post: (activity: object) =>
      call<{ id: string }>(`${base}/conversations/${id}/activities`, 'POST', activity, headers),
    writes: (text: string, clientActivityID = newId('tst')) =>
      person.post({ type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID } }),
    /** Writes and waits for what comes back: the texts after the person's own. */
    async says(text: string): Promise<string> {
      const before = (await person.sees()).length;
      const sent = await person.writes(text);
      if (sent.status !== 200) throw new Error(`refused with ${sent.status}`);
      await until(async () => (await person.sees()).slice(before).some((b) => b.who !== 'visitor'));
      return (await person.sees())
        .slice(before)
        .filter((b) => b.who !== 'visitor')
        .map((b) => b.text)
        .join('\n');
    },
    hears: (words: RegExp | string) =>
      until(async () => (await person.sees()).some((b) => b.who !== 'visitor' && b.text.search(words) >= 0)),
    event: (name: string, value?: unknown) => person.post({ type: 'event', name, value, from: { id: 'me' } }),
  };
  return person;
}

interface Text {
  text: string;
  direction: 'in' | 'out';
  status: string;
}

/** A relative's phone, through the simulated vendor. */
export function relative(house: TestHouse, number: string) {
  const person = {
    number,
    async texts(): Promise<Text[]> {
      const { body } = await call<{ messages: Text[] }>(
        `${house.url}/dev/phone?number=${encodeURIComponent(number)}`,
        'GET',
      );
      return body.messages;
    },
    received: async () => (await person.texts()).filter((t) => t.direction === 'out'),
    texting: (text: string) => call(`${house.url}/dev/phone`, 'POST', { from: number, text }),
    async texts_and_gets(text: string): Promise<string> {
      const before = (await person.received()).length;
      await person.texting(text);
      await until(async () => (await person.received()).length > before);
      return (await person.received())
        .slice(before)
        .map((t) => t.text)
        .join('\n');
    },
    /** Chooses to be written to openly (DOMAIN 5.6): the first text asks, JA is the answer. */
    async opens(): Promise<string> {
      await person.texts_and_gets('Hej');
      return person.texts_and_gets('JA');
    },
    gets: (words: RegExp | string) =>
      until(async () => (await person.received()).some((t) => t.text.search(words) >= 0)),
  };
  return person;
}

/** A district worker with the inbox open. */
export async function worker(house: TestHouse, id: string) {
  const { body } = await call<{ token: string }>(`${house.url}/dev/sign-in`, 'POST', { worker: id });
  const headers = { authorization: `Bearer ${body.token}` };
  const api = `${house.url}/api/inbox`;
  const one = (conversation: string, verb = '') => `${api}/conversations/${conversation}${verb ? `/${verb}` : ''}`;
  const person = {
    headers,
    get: <T>(path: string) => call<T>(`${api}${path}`, 'GET', undefined, headers),
    post: <T>(conversation: string, verb: string, body: object = {}) =>
      call<T>(one(conversation, verb), 'POST', body, headers),
    async list(view: 'waiting' | 'mine' | 'team' | 'closed' = 'waiting'): Promise<Item[]> {
      return (await person.get<Page>(`/conversations?view=${view}`)).body.items;
    },
    counts: async () => (await person.get<Counts>('/counts')).body,
    open: (conversation: string) => call<Opened>(one(conversation), 'GET', undefined, headers),
    claims: (conversation: string) => person.post<Claimed & { holder?: string }>(conversation, 'claim'),
    async takes(conversation: string): Promise<string> {
      const { status, body } = await person.claims(conversation);
      if (status !== 200) throw new Error(`the claim was refused with ${status}`);
      return body.claim;
    },
    replies: (conversation: string, claim: string, text: string, clientId = newId('tst')) =>
      person.post<{ message: Message }>(conversation, 'reply', { claim, clientId, text }),
    notes: (conversation: string, text: string) => person.post(conversation, 'note', { clientId: newId('tst'), text }),
    sees: (conversation: string, view: 'waiting' | 'mine' | 'team' | 'closed' = 'waiting') =>
      until(async () => (await person.list(view)).some((i) => i.id === conversation)),
  };
  return person;
}

export type Staff = Awaited<ReturnType<typeof worker>>;

/** A young person of Järva who has written this, and whom that worker has taken over. */
export async function heldBy(house: TestHouse, staff: Staff, ...texts: string[]) {
  const person = await youngPerson(house);
  for (const text of texts) await person.says(text);
  await until(async () => (await staff.list()).some((i) => i.id === person.id && i.district === 'jarva'));
  return { id: person.id, person, claim: await staff.takes(person.id) };
}
