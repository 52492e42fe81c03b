import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import * as wire from '../../src/inbox/wire.ts';
import { ME, makeItem, makeOffer, makeOpened } from './fake-conversation.ts';
import { listen } from './free-port.ts';

/** A staff API that lives in memory and speaks `wire.ts`, for the tab's own tests. The real one has its own. */
export interface FakeInbox {
  url: string;
  /** A conversation as the server holds it; change it and call `changed`. */
  open(id: string): wire.Opened;
  add(change: Partial<wire.Item> & { id: string }, texts?: string[]): void;
  /** Tells every open stream, as the server does after a commit. */
  changed(id: string): void;
  says(id: string, author: wire.Message['author'], text: string, name?: string | null): void;
  /** The person writes just now. */
  types(id: string): void;
  /** What the service can help a writer with, and the approved answers it has. */
  writing: wire.Writing;
  approved: wire.Approved[];
  /** It is another district's. */
  hide(id: string): void;
  /** A colleague of another district offers it to the reader. */
  offer(id: string): void;
  /** Ends every stream; with `refuse` new ones are refused until called with false. */
  dropStreams(refuse: boolean): void;
  /** The next calls of a verb answer this; null lets them through again. */
  fail(verb: string, status: number | 'cut' | null, holder?: string): void;
  /** Tokens given until now are worth nothing. */
  forgetTokens(): void;
  /** What was posted, in order: verb and body. */
  posts: { verb: string; body: unknown }[];
  /** The reader's; off duty until it is changed. */
  duty: wire.Duty;
  streams(): number;
  close(): Promise<void>;
}

/** Follows the tab's real policy: no text becomes script or style; Griffel puts rules into empty style elements. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data:; font-src 'self' data:; " +
  "connect-src 'self' https://res.cdn.office.net; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'self'";
const MIME = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
]);
const openUntilFive = (district: { slug: string; name: string }): wire.District => ({
  ...district,
  open: true,
  until: '2026-11-23T16:00:00.000Z',
  opensAt: null,
  pool: false,
  hours: { week: {}, holidays: [], exceptions: {}, cityDays: {} },
  mine: false,
});
const RISKS = wire.Risk.options;

/** @param dist the built tab; @param pages further pages by path, such as a host for the tab */
export async function startFakeInbox(dist: string, pages: Record<string, string> = {}): Promise<FakeInbox> {
  const conversations = new Map<string, wire.Opened>();
  const hidden = new Set<string>();
  const offers: wire.Offer[] = [];
  const streams = new Set<ServerResponse>();
  const failures = new Map<string, { status: number | 'cut'; holder: string | undefined }>();
  const done = new Map<string, unknown>();
  const posts: FakeInbox['posts'] = [];
  let tokens = new Set<string>();
  let refuseStreams = false;
  let eventId = 0;

  const find = (id: string): wire.Opened => {
    const found = conversations.get(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  };

  const inView = (view: string) => (opened: wire.Opened) => {
    if (hidden.has(opened.conversation.id)) return false;
    const { owner, worker } = opened.conversation;
    if (view === 'waiting') return owner === 'waiting';
    if (view === 'closed') return owner === 'closed';
    return owner === 'worker' && (view === 'team' || worker?.id === ME.id);
  };
  const listed = (view: string): wire.Item[] =>
    [...conversations.values()]
      .filter(inView(view))
      .map((opened) => opened.conversation)
      .sort(
        (a, b) =>
          RISKS.indexOf(b.risk) - RISKS.indexOf(a.risk) ||
          (a.waitingSince ?? '').localeCompare(b.waitingSince ?? '') ||
          a.id.localeCompare(b.id),
      );

  const titles = {
    threatened: { sv: 'Om du är hotad', en: 'If you are threatened' },
    'gang-debt': { sv: 'Skuld', en: 'Debt' },
  };
  const writing: wire.Writing = { translates: false, fold: { '\u201d': '"' }, titles };
  const approved: wire.Approved[] = [];
  const duty: wire.Duty = { until: null, alerts: 'none' };

  function changed(id: string): void {
    eventId += 1;
    const { conversation } = find(id);
    const event: wire.StreamEvent = { conversation: id, kind: 'changed', version: conversation.version, seq: null };
    for (const stream of streams) stream.write(`id: ${eventId}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  function says(id: string, author: wire.Message['author'], text: string, name: string | null = null): void {
    const opened = find(id);
    const seq = (opened.messages.at(-1)?.seq ?? 0) + 1;
    const language = opened.conversation.language;
    opened.messages.push({ seq, author, name, text, language, at: new Date().toISOString() });
    opened.conversation.version += 1;
    if (author === 'visitor') opened.conversation.unread += 1;
    changed(id);
  }

  function get(path: string, search: URLSearchParams, response: ServerResponse): unknown {
    if (path === 'me') return json(response, 200, { ...ME, role: 'worker', districts: DISTRICTS });
    if (path === 'me/duty') return json(response, 200, duty);
    if (path === 'districts') return json(response, 200, wire.Districts.parse({ items: DISTRICTS.map(openUntilFive) }));
    if (path === 'counts') {
      const waiting = listed('waiting');
      const longestWaitSince = waiting.map((item) => item.waitingSince ?? '').sort()[0] ?? null;
      const counts = { waiting: waiting.length, mine: listed('mine').length, team: listed('team').length };
      return json(response, 200, wire.Counts.parse({ ...counts, longestWaitSince }));
    }
    if (path === 'conversations') {
      const query = wire.ListQuery.parse(Object.fromEntries(search));
      const from = Number(query.cursor ?? 0);
      const fits = (item: wire.Item) =>
        (['district', 'channel', 'language'] as const).every((key) => !query[key] || item[key] === query[key]);
      const all = listed(query.view).filter(fits);
      const next = from + query.limit < all.length ? String(from + query.limit) : null;
      return json(response, 200, wire.Page.parse({ items: all.slice(from, from + query.limit), next }));
    }
    if (path === 'offers') return json(response, 200, { items: offers.map((offer) => wire.Offer.parse(offer)) });
    if (path === 'writing') return json(response, 200, wire.Writing.parse(writing));
    if (path === 'answers') return json(response, 200, { items: approved.map((each) => wire.Approved.parse(each)) });
    if (path === 'colleagues') return json(response, 200, wire.Colleagues.parse(COLLEAGUES));
    const opened = conversations.get(path.replace('conversations/', ''));
    if (!opened || hidden.has(opened.conversation.id)) return problem(response, 404);
    opened.conversation.unread = 0;
    return json(response, 200, wire.Opened.parse(opened));
  }

  function post(id: string, verb: string, body: unknown, response: ServerResponse): unknown {
    posts.push({ verb, body });
    const failure = failures.get(verb);
    if (failure?.status === 'cut') return response.destroy();
    if (failure) return problem(response, failure.status, failure.holder);
    const opened = conversations.get(id);
    if (!opened) return problem(response, 404);
    const { conversation } = opened;
    if (verb === 'glass') {
      const { reason } = wire.GlassBody.parse(body);
      hidden.delete(id);
      opened.glass = {
        reason,
        at: new Date().toISOString(),
        expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
      };
      return json(response, 201, { glass: opened.glass });
    }
    if (verb === 'translate') {
      const asked = wire.TranslateBody.parse(body);
      const to = 'seq' in asked ? asked.to : conversation.language;
      // Of a draft nothing but signs and figures is left that a reader of Swedish knows.
      const words =
        'seq' in asked ? (opened.messages[asked.seq - 1]?.text ?? '') : asked.text.replaceAll(/\p{L}/gu, 'ن');
      const translation: wire.Translation = { language: to, text: `[${to}] ${words}`, by: 'machine' };
      const message = 'seq' in asked ? opened.messages[asked.seq - 1] : undefined;
      if (message) message.translations = [translation];
      return json(response, 200, { translation });
    }
    if (verb === 'reminders') {
      const { dueAt, text, seq = null } = wire.ReminderBody.parse(body);
      const reminder: wire.Reminder = { id: `rem_${dueAt.length}`, worker: ME.name, text, dueAt, seq };
      opened.handover.promised.push(reminder);
      return json(response, 201, { reminder });
    }
    if (verb === 'reminder-done') {
      opened.handover.promised = [];
      return json(response, 200, { promised: [] });
    }
    if (verb === 'accept') {
      hidden.delete(id);
      offers.splice(0, offers.length, ...offers.filter((offer) => offer.conversation !== id));
      opened.claim = `clm_${randomUUID()}`;
      Object.assign(conversation, { owner: 'worker', worker: ME, waitingSince: null });
      return json(response, 200, wire.Claimed.parse({ claim: opened.claim, conversation }));
    }
    if (verb === 'decline') {
      wire.DeclineBody.parse(body);
      const [offer] = offers.splice(0, 1);
      return json(response, 200, { offer });
    }
    const holder = conversation.worker?.name;
    if (verb === 'claim') {
      wire.ClaimBody.parse(body);
      if (conversation.owner === 'worker' && !opened.claim) return problem(response, 409, holder);
      opened.claim = `clm_${randomUUID()}`;
      Object.assign(conversation, { owner: 'worker', worker: ME, waitingSince: null });
      says(id, 'system', 'Nu skriver Järva 1 här, socialsekreterare. Boten svarar inte längre.');
      return json(response, 200, wire.Claimed.parse({ claim: opened.claim, conversation }));
    }
    if (verb === 'note') {
      const { clientId, text } = wire.NoteBody.parse(body);
      if (!done.has(clientId)) {
        const note: wire.Note = { id: `nte_${clientId}`, worker: ME.name, text, at: new Date().toISOString() };
        opened.notes.push(note);
        done.set(clientId, { note });
      }
      changed(id);
      return json(response, 201, done.get(clientId));
    }
    const { claim } = wire.ReleaseBody.parse(body);
    if (claim !== opened.claim) return problem(response, 409, holder);
    if (verb === 'transfer') {
      const to = wire.TransferBody.parse(body).district ?? 'farsta';
      const offer = makeOffer(conversation, { toDistrict: to, toDistrictName: 'Farsta' });
      opened.handover.offer = { ...offer, visitorSaysNo: false };
      changed(id);
      return json(response, 200, { offer });
    }
    if (verb === 'withdraw') {
      const { offer } = opened.handover;
      opened.handover.offer = null;
      changed(id);
      return json(response, 200, { offer: { ...offer, state: 'withdrawn' } });
    }
    if (verb === 'reply') {
      const { clientId, text, answer, original } = wire.ReplyBody.parse(body);
      if (!done.has(clientId)) {
        says(id, 'worker', text, ME.name);
        const message = opened.messages.at(-1);
        if (message && answer) message.answers = [{ id: answer, version: 1 }];
        if (message && original) message.translations = [{ ...original, by: 'worker' }];
        done.set(clientId, { message });
      }
      return json(response, 201, done.get(clientId));
    }
    opened.claim = null;
    const owner = verb === 'release' ? 'waiting' : verb === 'close' ? 'closed' : 'bot';
    const waitingSince = owner === 'waiting' ? new Date().toISOString() : null;
    Object.assign(conversation, { owner, worker: null, waitingSince });
    changed(id);
    return json(response, 200, { conversation });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const page = pages[url.pathname];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    } else if (url.pathname === '/dev/sign-in') {
      const token = randomUUID();
      tokens.add(token);
      json(response, 200, { token });
    } else if (url.pathname.startsWith('/api/inbox/')) {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const path = url.pathname.slice('/api/inbox/'.length);
      if (!tokens.has(token) && token !== 'teams-token') return problem(response, 401);
      if (path === 'stream') {
        if (refuseStreams) return problem(response, 503);
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
        response.write(': hello\n\n');
        streams.add(response);
        response.on('close', () => streams.delete(response));
      } else if (request.method === 'POST') {
        const [, id = '', verb = ''] = path.split('/');
        const body: unknown = JSON.parse(await bodyOf(request));
        if (path === 'me/duty') json(response, 200, Object.assign(duty, wire.DutyBody.parse(body)));
        else post(id, verb, body, response);
      } else get(path, url.searchParams, response);
    } else await file(dist, url.pathname, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => problem(response, 400));
  });
  const port = await listen(server);

  return {
    url: `http://127.0.0.1:${port}`,
    open: find,
    add(change, texts = ['Hej']) {
      conversations.set(change.id, makeOpened(makeItem(change)));
      for (const [index, text] of texts.entries()) says(change.id, index % 2 === 0 ? 'visitor' : 'bot', text);
    },
    changed,
    says,
    types(id) {
      const line: wire.Typing = { conversation: id, kind: 'typing' };
      for (const stream of streams) stream.write(`data: ${JSON.stringify(line)}\n\n`);
    },
    writing,
    approved,
    hide: (id) => void hidden.add(id),
    offer(id) {
      hidden.add(id);
      offers.push(makeOffer(find(id).conversation, { from: { id: 'wrk_2', name: 'Farsta 1' }, toMe: true }));
      changed(id);
    },
    dropStreams(refuse) {
      refuseStreams = refuse;
      for (const stream of streams) stream.destroy();
    },
    fail: (verb, status, holder) =>
      void (status === null ? failures.delete(verb) : failures.set(verb, { status, holder })),
    forgetTokens() {
      tokens = new Set();
    },
    posts,
    duty,
    streams: () => streams.size,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const DISTRICTS = [
  { slug: 'jarva', name: 'Järva' },
  { slug: 'farsta', name: 'Farsta' },
  { slug: 'hagersten-alvsjo', name: 'Hägersten-Älvsjö' },
];

const COLLEAGUES: wire.Colleagues = {
  districts: DISTRICTS,
  workers: [
    { id: 'wrk_2', name: 'Farsta 1', district: 'farsta' },
    { id: 'wrk_3', name: 'Järva 2', district: 'jarva' },
  ],
};

async function file(dist: string, path: string, response: ServerResponse): Promise<unknown> {
  const inside = normalize(path.replace(/^\/inbox\//, ''));
  const name = inside === '.' || inside === '' ? 'index.html' : inside === 'config' ? 'config.html' : inside;
  const content = name.startsWith('..') ? null : await readFile(join(dist, name)).catch(() => null);
  if (!content) return problem(response, 404);
  const type = MIME.get(extname(name)) ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-security-policy': CSP }).end(content);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const json = (response: ServerResponse, status: number, body: unknown): unknown =>
  response
    .writeHead(status, { 'content-type': 'application/json', [wire.FORM_HEADER]: wire.FORM })
    .end(JSON.stringify(body));

function problem(response: ServerResponse, status: number, holder?: string): unknown {
  const body: wire.ProblemBody = { type: 'about:blank', title: 'Problem', status, ...(holder ? { holder } : {}) };
  return response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
}
