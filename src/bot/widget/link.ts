import type { ActivitySet } from '../wire.ts';
import { type Answer, call, RESUMABLE, socketUrl } from './api.ts';
import type { Conversation } from './conversation.ts';
import { wearLaterStyle } from './panels/wear.ts';
import { speaker } from './speaker.ts';
import { takeIn } from './take-in.ts';
import type { Words } from './texts/texts.ts';

export interface LinkDeps {
  token(): string | undefined;
  path(): string;
  /** What the server says is taken into it. */
  conversation: Conversation;
  taken(): void;
  /** A token that lives longer. */
  keep(opened: Answer['body']): void;
  /** The server no longer knows the token. Whether there is another or not, the link is told by `start` or `stop`. */
  gone(): Promise<void>;
  /** `online` is another. */
  changed(): void;
}

export interface Link {
  readonly online: boolean;
  /** For a conversation that is new: there is no history. */
  start(): void;
  /** After a reload: history first. */
  resume(): void;
  /** Something was sent: make sure that its echo comes. */
  nudge(): void;
  stop(): void;
  /** Who answers, in words; null while it is not known. */
  speaker(t: Words): string | null;
}

const SILENT_MS = 40_000;
const STILL_MS = 6_000;
const REFRESH_MS = 12 * 60_000;
const POLL_MS = 3_000;
const OPEN_MS = 8_000;
const SOON_MS = 700;
const SOON_TRIES = 90;
const SOCKET_TRIES = 2;
const POLLS_BEFORE_SOCKET = 20;
/** No network, or a gateway with no server behind it. */
const NOBODY = new Set([0, 502, 504]);

/** Keeps the page equal to the server: a WebSocket, back at once when it breaks, polling where it never opens (F20, F21). */
export function createLink(deps: LinkDeps): Link {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let synced = false;
  let online = true;
  let busy = false;
  /** The phone woke up while a connection was being made: what that one learned may be from before the sleep. */
  let again = false;
  let tries = 0;
  let unopened = 0;
  let polls = 0;
  let heardAt = 0;
  let stillTimer: ReturnType<typeof setTimeout> | undefined;

  wearLaterStyle();
  addEventListener('online', wake);
  addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);
  addEventListener('offline', () => setOnline(false));
  setInterval(() => {
    if (socket && Date.now() - heardAt > SILENT_MS) wake();
  }, 5_000);
  setInterval(refresh, REFRESH_MS);

  return {
    get online() {
      return online;
    },
    start: () => begin(true),
    resume: () => begin(false),
    nudge() {
      if (running && !socket) void connect();
    },
    speaker: (t) => speaker(deps.conversation, t),
    stop() {
      running = false;
      drop();
    },
  };

  function begin(fresh: boolean): void {
    running = true;
    synced = fresh;
    // A connection that is being made was for what was wanted before.
    again = busy;
    tries = 0;
    void connect();
  }

  /** The phone woke up or the network is back: do not wait for a timer, and do not trust a socket that has been silent. */
  function wake(event?: Event): void {
    if (!running || document.visibilityState === 'hidden') return;
    if (socket && event?.type !== 'online' && Date.now() - heardAt < SILENT_MS / 2) return;
    drop();
    tries = 0;
    if (busy) again = true;
    else void connect();
  }

  async function connect(): Promise<void> {
    if (busy || !running) return;
    busy = true;
    clearTimeout(timer);
    const ok = (synced || (await sync())) && (unopened >= SOCKET_TRIES ? await poll() : await openSocket());
    busy = false;
    if (!running) return;
    if (again) {
      again = false;
      drop();
      void connect();
    } else if (!ok) later();
  }

  function take(set: ActivitySet, fresh: boolean): void {
    const { conversation } = deps;
    takeIn(conversation, set, fresh);
    clearTimeout(stillTimer);
    if (conversation.typing) stillTimer = setTimeout(still, STILL_MS);
    deps.taken();
  }

  function still(): void {
    deps.conversation.typing = false;
    deps.changed();
  }

  async function refresh(): Promise<void> {
    const token = deps.token();
    const { body } = token ? await call(token, 'POST', '/tokens/refresh', RESUMABLE) : { body: {} };
    if (deps.token() === token) deps.keep(body);
  }

  async function sync(): Promise<boolean> {
    for (;;) {
      const { status, body } = await ask(`/activities?watermark=${deps.conversation.watermark}`);
      if (status !== 200 || !body.activities) return false;
      const set = { activities: body.activities, watermark: body.watermark ?? '' };
      if (set.activities.length > 0) take(set, synced);
      else break;
    }
    synced = true;
    return true;
  }

  async function poll(): Promise<boolean> {
    if (++polls % POLLS_BEFORE_SOCKET === 0) unopened = 0;
    if (!(await sync())) return false;
    setOnline(true);
    timer = setTimeout(connect, document.visibilityState === 'hidden' ? 5 * POLL_MS : POLL_MS);
    return true;
  }

  async function openSocket(): Promise<boolean> {
    const { status, body } = await ask(`?watermark=${deps.conversation.watermark}`);
    if (status !== 200 || !body.streamUrl || !running) return false;
    const mine = new WebSocket(socketUrl(body.streamUrl));
    let opened = false;
    socket = mine;
    heardAt = Date.now();
    setTimeout(() => opened || mine.close(), OPEN_MS);
    mine.onopen = () => {
      opened = true;
      unopened = tries = 0;
      setOnline(navigator.onLine);
    };
    mine.onmessage = ({ data }) => {
      heardAt = Date.now();
      if (mine === socket && data) take(JSON.parse(data), true);
    };
    mine.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      if (!opened) unopened++;
      later();
    };
    return true;
  }

  async function ask(path: string) {
    const answer = await call(deps.token(), 'GET', deps.path() + path);
    if (NOBODY.has(answer.status)) setOnline(false);
    if ([401, 403, 404].includes(answer.status) && running) await deps.gone();
    return answer;
  }

  /**
   * Soon and often while nobody answers, which may be a restart: whoever comes back is found within 2 s for the first minute. Ever
   * slower after that, and at once to a server that answers but does not serve. A little chance, so that all do not come together.
   */
  function later(): void {
    if (!running) return;
    const soon = tries === 0 || (!online && tries < SOON_TRIES);
    const baseMs = soon ? SOON_MS : Math.min(15_000, 500 * 2 ** Math.min(tries, 5));
    tries++;
    clearTimeout(timer);
    timer = setTimeout(connect, baseMs * (0.5 + Math.random()));
  }

  function drop(): void {
    clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.close();
  }

  function setOnline(now: boolean): void {
    if (now === online && !now) return;
    online = now;
    deps.changed();
  }
}
