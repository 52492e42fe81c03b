import { z } from 'zod';
import { type ConnectionOptions, connect } from '../../../db/client.ts';
import { factsOf, type Log } from '../log.ts';
import { createLocalHub, type Hub } from './hub.ts';

export interface Notifier extends Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const CHANNEL = 'utvag';
const GATHER_MS = 5;
/** PostgreSQL refuses payloads of 8,000 bytes (DATA §4). */
const MAX_PAYLOAD = 7_000;
const HEARTBEAT_MS = 10_000;
const Batch = z.array(
  z.object({
    t: z.union([z.templateLiteral([z.enum(['thread', 'district']), ':', z.string()]), z.literal('hours:all')]),
    k: z.enum(['changed', 'typing']),
    f: z.enum(['visitor', 'staff']).optional(),
    c: z.string().optional(),
  }),
);

/**
 * Carries signals to every replica by LISTEN/NOTIFY: ids only, after the commit, gathered for a few milliseconds on one
 * connection (NOTIFY inside transactions serialises commits, SPEED §3). This process's own listeners are told at once.
 */
export function createNotifier(connection: string | ConnectionOptions, log: Log): Notifier {
  const hub = createLocalHub();
  const self = Math.random().toString(36).slice(2, 10);
  const sql = connect(connection, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  let pending = new Map<string, z.infer<typeof Batch>[number]>();
  let timer: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let heard = Date.now();
  let first = true;

  return {
    publish(topic, signal) {
      hub.dispatch(topic, signal);
      const { kind, from, conversation } = signal;
      pending.set(`${topic}|${kind}|${from ?? ''}|${conversation ?? ''}`, {
        t: topic,
        k: kind,
        ...(from ? { f: from } : {}),
        ...(conversation ? { c: conversation } : {}),
      });
      timer ??= setTimeout(() => void flush(), GATHER_MS).unref();
    },
    subscribe: hub.subscribe,
    onGap: hub.onGap,
    async start() {
      await sql.listen(CHANNEL, receive, () => {
        heard = Date.now();
        if (!first) hub.gap();
        first = false;
      });
      heartbeat = setInterval(beat, HEARTBEAT_MS).unref();
    },
    async stop() {
      clearInterval(heartbeat);
      clearTimeout(timer);
      await flush();
      await sql.end({ timeout: 2 });
    },
  };

  async function flush(): Promise<void> {
    timer = undefined;
    const batch = [...pending.values()];
    pending = new Map();
    for (const payload of payloads(self, batch))
      await sql.notify(CHANNEL, payload).catch((error: unknown) => log.warn('notify.lost', factsOf(error)));
  }

  function receive(payload: string): void {
    heard = Date.now();
    const [from, rest] = [payload.slice(0, payload.indexOf(' ')), payload.slice(payload.indexOf(' ') + 1)];
    if (from === self) return;
    const parsed = Batch.safeParse(JSON.parse(rest));
    if (!parsed.success) return;
    for (const { t, k, f, c } of parsed.data)
      hub.dispatch(t, { kind: k, ...(f ? { from: f } : {}), ...(c ? { conversation: c } : {}) });
  }

  /** A half-open connection is silent for ever: hear ourselves, or treat it as a gap so that readers resync. */
  function beat(): void {
    if (Date.now() - heard > 2 * HEARTBEAT_MS) hub.gap();
    sql.notify(CHANNEL, `${self} []`).catch((error: unknown) => log.warn('notify.lost', factsOf(error)));
  }
}

function payloads(self: string, batch: object[]): string[] {
  const out: string[] = [];
  let line: string[] = [];
  let size = 0;
  for (const entry of batch.map((b) => JSON.stringify(b))) {
    if (size + entry.length > MAX_PAYLOAD) {
      out.push(`${self} [${line.join(',')}]`);
      line = [];
      size = 0;
    }
    line.push(entry);
    size += entry.length + 1;
  }
  if (line.length > 0) out.push(`${self} [${line.join(',')}]`);
  return out;
}
