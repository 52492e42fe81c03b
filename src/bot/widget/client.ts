import type { FirstWord } from '../wire.ts';
import { type Answer, call, RESUMABLE } from './api.ts';
import { type Conversation, emptyConversation, ownEntry } from './conversation.ts';
import { lazyLink } from './lazy-link.ts';
import type { Link } from './link.ts';
import type { Session } from './session.ts';

export interface Client {
  readonly conversation: Conversation;
  readonly online: boolean;
  speaker: Link['speaker'];
  /** @param firstWord the text is one of the page's own sentences, tapped. */
  send(text: string, firstWord?: FirstWord): void;
  /** Tries again what failed, under the same id (F22, F24). */
  retry(): void;
  typing(): void;
  handover(words: string): void;
  setLanguage(tag: string): void;
  /** Ends everything at once; the server is told as the page goes. */
  leave(): void;
  /** About one's own conversation; `''` is the conversation itself. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, keepalive?: boolean): Promise<Answer>;
  /** Goes on with a conversation from `from`; `''` is its beginning. */
  join(opened: Answer['body'], from: string): void;
  /** It is over, and nothing of it stays on this page. */
  forgetAll(): void;
}

const TYPING_MS = 3_000;
const FAILED_FOR_GOOD = new Set([400, 413, 415]);
const TOKEN_GONE = new Set([401, 403, 404]);

/** The conversation with the server: nothing is opened before the first word, nothing is lost or doubled after it. @param linkAt where the code is that listens. */
export function createClient(
  linkAt: string,
  session: Session,
  language: { tag: string; chosen: boolean },
  changed: () => void,
): Client {
  const conversation = emptyConversation();
  let flushing = false;
  let left = false;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let typedAt = 0;
  let renewing: Promise<void> | undefined;

  const link = lazyLink(linkAt, {
    token: () => session.get().token,
    path: () => `/conversations/${session.get().conversation}`,
    conversation,
    taken() {
      keepPending();
      changed();
    },
    keep,
    gone: () => renew(),
    changed() {
      if (link.online) void flush();
      changed();
    },
  });
  conversation.pending = (session.get().pending ?? []).map((p) => ownEntry(p.key, p.text, language.tag, p.firstWord));
  conversation.watermark = session.get().from ?? '';
  if (session.get().token) link.resume();
  addEventListener('online', () => void flush());

  return {
    conversation,
    get online() {
      return link.online;
    },
    send,
    speaker: link.speaker,
    retry() {
      for (const entry of conversation.pending) if (entry.state === 'refused') entry.state = 'failed';
      void flush();
    },
    typing() {
      if (Date.now() - typedAt < TYPING_MS || !conversation.entries[0]) return;
      typedAt = Date.now();
      void post({ type: 'typing' });
    },
    handover(words) {
      if (!conversation.entries[0]) send(words);
      else void post({ type: 'event', name: 'handover', channelData: chosen() });
    },
    setLanguage(tag) {
      language.tag = tag;
      language.chosen = true;
      if (session.get().token) void post({ type: 'event', name: 'language', value: tag });
    },
    leave() {
      left = true;
      if (session.get().token) void ask('POST', '/activities', { type: 'event', name: 'leave' }, true);
      link.stop();
      clearTimeout(retryTimer);
      session.wipe();
      Object.assign(conversation, emptyConversation());
    },
    ask,
    join(opened, from) {
      keep(opened);
      session.set({ from });
      Object.assign(conversation, emptyConversation(), { watermark: from, pending: conversation.pending });
      link.stop();
      link.resume();
    },
    forgetAll,
  };

  function send(text: string, firstWord?: FirstWord): void {
    conversation.pending.push(ownEntry(newKey(), text, language.tag, firstWord));
    keepPending();
    changed();
    void flush();
  }

  /** One after the other, in the order written. */
  async function flush(): Promise<void> {
    if (flushing || left) return;
    flushing = true;
    clearTimeout(retryTimer);
    for (let restarts = 0; ; ) {
      const next = conversation.pending.find((p) => p.state === 'sending' || p.state === 'failed');
      if (!next || left) break;
      next.state = 'sending';
      changed();
      const ready = session.get().token !== undefined || (await open());
      const { text, key, firstWord } = next;
      const data = { clientActivityID: key, ...chosen(firstWord) };
      const { status, body } = ready
        ? await post({ type: 'message', text, locale: language.tag, channelData: data })
        : { status: 0, body: {} };
      if (TOKEN_GONE.has(status) && restarts++ < 2) {
        await renew();
        continue;
      }
      next.state = status === 200 ? 'sent' : FAILED_FOR_GOOD.has(status) ? 'refused' : 'failed';
      if (body.id) next.id = body.id;
      changed();
      failures = next.state === 'failed' ? failures + 1 : 0;
      if (next.state === 'sent') link.nudge();
      if (next.state !== 'failed') continue;
      retryTimer = setTimeout(() => void flush(), Math.min(30_000, 1_000 * 2 ** failures));
      break;
    }
    flushing = false;
  }

  async function open(): Promise<boolean> {
    const { body } = await call(undefined, 'POST', '/tokens/generate', RESUMABLE);
    if (!keep(body)) return false;
    conversation.owner = 'bot';
    link.start();
    return true;
  }

  /** The token has run out while the tab slept, or the conversation was left or erased in another tab. */
  function renew(): Promise<void> {
    renewing ??= wakeUp().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function wakeUp(): Promise<void> {
    const { resumeKey } = session.get();
    const { status, body } = resumeKey
      ? await call(undefined, 'POST', '/conversations/resume', { resumeKey })
      : { status: 403, body: {} };
    if (keep(body)) link.start();
    else if (status === 404) forgetAll();
    else if (status === 401 || status === 403) forget();
  }

  function keep({ token, conversationId, resumeKey }: Answer['body']): boolean {
    if (!token || !conversationId || left) return false;
    session.set({ token, conversation: conversationId, ...(resumeKey && { resumeKey }) });
    return true;
  }

  /** No way back: what is on the screen stays, the next word opens a new conversation and what was sent is not sent there. */
  function forget(): void {
    link.stop();
    if (left) return;
    const { draft, language: kept } = session.get();
    session.wipe();
    session.set({ ...(draft && { draft }), ...(kept && { language: kept }) });
    conversation.entries.push(...conversation.pending.filter((p) => p.state === 'sent'));
    conversation.pending = conversation.pending.filter((p) => p.state !== 'sent');
    keepPending();
    conversation.watermark = '';
    conversation.owner = 'closed';
    changed();
  }

  function forgetAll(): void {
    link.stop();
    session.wipe();
    Object.assign(conversation, emptyConversation(), { owner: 'closed' });
    changed();
  }

  function keepPending(): void {
    if (!left)
      session.set({ pending: conversation.pending.map(({ key, text, firstWord }) => ({ key, text, firstWord })) });
  }

  function chosen(firstWord?: FirstWord) {
    return { utvag: { firstWord, language: language.chosen ? language.tag : undefined } };
  }

  function post(activity: object) {
    return ask('POST', '/activities', activity);
  }

  function ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, keepalive = false) {
    const { token, conversation: id } = session.get();
    return call(token, method, `/conversations/${id}${path}`, body, keepalive);
  }
}

const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('');
