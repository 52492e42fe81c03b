import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { append } from '../../../db/append.ts';
import { type ConnectionOptions, type Db, openDatabase, type Tx } from '../../../db/client.ts';
import { createPhones } from '../../../db/phones.ts';
import { conversation, message, phone } from '../../../db/schema/conversation.ts';
import { district } from '../../../db/schema/place.ts';
import { delivery, event } from '../../../db/schema/work.ts';
import { createVault } from '../../../db/vault.ts';
import { consentOf } from '../../../src/bot/safety/consent.ts';
import { keywordOf } from '../../../src/bot/safety/keyword.ts';
import { createDoor, type Guards } from '../../../src/server/auth/door.ts';
import { createPrivateLinks } from '../../../src/server/auth/private-link.ts';
import { createElks } from '../../../src/server/channels/sms/46elks/elks.ts';
import { createApplyStatus } from '../../../src/server/channels/sms/apply-status.ts';
import { createSms, type SmsSettings } from '../../../src/server/channels/sms/create-sms.ts';
import type { Place } from '../../../src/server/channels/sms/delivery-row.ts';
import { createTwilio } from '../../../src/server/channels/sms/twilio/twilio.ts';
import type { JobRunner } from '../../../src/server/jobs/jobs.ts';
import { createLog } from '../../../src/server/log.ts';
import { Problem, problem } from '../../../src/server/problem.ts';
import { giveLink } from '../../../src/server/turn/give-link.ts';
import { createReceive } from '../../../src/server/turn/receive.ts';
import { createDatabase, type DatabaseKind } from '../../support/postgres.ts';

/** Reserved for fiction by the Swedish regulator. */
export const RELATIVE = '+46701740605';
export const OURS = '+46701740699';
export const AUTH_TOKEN = 'token-3f9a71c2';
export const WEBHOOK_PASSWORD = 'hook-word:å/7';

export type SmsHouse = Awaited<ReturnType<typeof openSmsHouse>>;

/** The channel as the server wires it, on a database of its own, behind a real HTTP server. */
export async function openSmsHouse(
  settings: SmsSettings,
  kind: DatabaseKind = 'embedded',
  receiptWaitMs = 0,
  usual = () => new Date(),
  existing?: ConnectionOptions,
) {
  const connection = existing ?? (await createDatabase(kind));
  const database = openDatabase(connection);
  const { db } = database;
  await db.insert(district).values({ slug: 'staden', name: 'Staden' }).onConflictDoNothing();
  const vault = createVault([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
  const phones = createPhones(vault, Buffer.alloc(32, 9));
  const lines: string[] = [];
  const announced: Place[] = [];
  const noises: string[] = [];
  const queued: { deliveryId: string; conversationId: string; afterMs?: number | undefined }[] = [];
  let real: JobRunner | null = null;
  const jobs = {
    sms: async (tx: Tx, deliveryId: string, conversationId: string, afterMs?: number) => {
      queued.push({ deliveryId, conversationId, afterMs });
      await real?.sms(tx, deliveryId, conversationId, afterMs);
    },
    card: async () => {},
    alert: async () => {},
    wake: () => real?.wake(),
  };
  const time: { at: Date | null } = { at: null };
  const clock = () => time.at ?? usual();
  const log = createLog('info', (line) => lines.push(line));
  const links = createPrivateLinks(Buffer.alloc(32, 5), 'https://sms.example.org');
  const giving = { vault, jobs, links, linkReply: () => ({ id: 'link', text: 'En kvart.' }) };
  const receive = createReceive({
    giveLink: (tx, row, now) => giveLink(giving, tx, row, now),
    log,
    db,
    vault,
    phones,
    jobs,
    clock,
    hub: { publish: () => {} },
    ears: {
      mask: (text) => ({ text, found: [], first: {} }),
      triage: () => ({ risk: 'none', kinds: [], reasons: [], wantsHuman: false }),
      telling: () => [],
      language: () => 'sv',
      consent: consentOf,
      ownWords: () => null,
      keywordReply: (word) => ({ id: `sms.${word}`, text: CONFIRMED[word] }),
    },
    wake: () => {},
    burst: { waitMs: 0, capMs: 0 },
  });
  const sms = createSms(settings, {
    db,
    vault,
    phones,
    clock,
    log,
    receive,
    keywordOf,
    jobs,
    receiptWaitMs,
    links,
    noise: (why) => noises.push(why),
    announce: (p) => {
      announced.push(p);
      jobs.wake();
    },
  });

  const app = new Hono();
  app.onError((error, c) => problem(c, error instanceof Problem ? error.status : 500));
  const pass = async (_: unknown, next: () => Promise<void>) => next();
  const guards: Guards = {
    public: pass,
    visitor: pass,
    staff: pass,
    provider: pass,
    teams: pass,
    operator: pass,
    dev: pass,
  };
  sms.routes(createDoor(app, guards));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const s = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(s));
  });
  const origin = `http://127.0.0.1:${portOf(server.address())}`;

  /** The relative's conversation with one message of ours that is due. */
  async function say(text: string, meta: { keyword?: 'stop' | 'start' } = {}): Promise<string> {
    return sayIn((await theirs()).row.id, text, meta);
  }

  async function sayIn(id: string, text: string, meta: { keyword?: 'stop' | 'start' } = {}): Promise<string> {
    return db.transaction(async (tx) => {
      const [row] = await tx.select().from(conversation).where(eq(conversation.id, id)).for('update');
      if (!row) throw new Error('no such conversation');
      const said = { author: 'bot' as const, text, language: 'sv', meta };
      const { deliveryId } = await append(tx, vault, row, said, clock());
      if (!deliveryId) throw new Error('no delivery');
      return deliveryId;
    });
  }

  async function theirs() {
    const known = await phones.find(db, RELATIVE);
    if (!known) await receive({ sender: { channel: 'sms', number: RELATIVE }, externalId: null, text: 'hej' });
    const [row] = await db.select().from(conversation);
    if (!row) throw new Error('no conversation');
    return { row };
  }

  return {
    ...sms,
    db,
    database,
    connection,
    vault,
    phones,
    receive,
    origin,
    lines,
    time,
    announced,
    noises,
    queued,
    /** What is due becomes a job from now on. */
    connectJobs(runner: JobRunner) {
      real = runner;
    },
    say,
    sayIn,
    /** Twilio's report on a text that has been sent. */
    async report(id: string, status: string, error = '') {
      const [row] = await db.select().from(delivery).where(eq(delivery.id, id));
      const fields = {
        MessageSid: row?.providerId ?? '',
        MessageStatus: status,
        ...(error ? { ErrorCode: error } : {}),
      };
      return fetch(`${origin}/sms/twilio/status`, twilioRequest('/sms/twilio/status', fields));
    },
    /** As a report of the configured vendor would be applied. */
    applyStatus: createApplyStatus({ db, jobs, clock, log, announce: () => {}, provider: nameOf(settings) }),
    /** Everything of the person and the texts is gone. */
    empty: () =>
      db.execute(
        'truncate delivery, message, event, seen_text, private_link, conversation, phone restart identity cascade',
      ),
    /** What could be handed to a vendor now; `all`: whatever a crash left behind too. */
    async due(now: Date, all = false) {
      const rows = await db.select().from(delivery).orderBy(asc(delivery.createdAt), asc(delivery.seq));
      const states = all ? ['queued', 'sending'] : ['queued'];
      return rows
        .filter((row) => states.includes(row.status) && (!row.notBefore || row.notBefore <= now))
        .map((row) => row.id);
    },
    async delivery(id: string) {
      const [row] = await db.select().from(delivery).where(eq(delivery.id, id));
      if (!row) throw new Error('no such delivery');
      return row;
    },
    visitorTexts: () => visitorTexts(db, vault),
    unanswered: () => visitorTexts(db, vault, isNull(message.handledAt)),
    chosen: () => phones.find(db, RELATIVE),
    choose: (set: Partial<typeof phone.$inferInsert>) => db.update(phone).set(set),
    visitorMeta: async () =>
      (
        await db
          .select({ meta: message.meta })
          .from(message)
          .where(eq(message.author, 'visitor'))
          .orderBy(asc(message.seq))
      ).map((m) => m.meta),
    count: async (table: 'message' | 'conversation' | 'phone' | 'delivery') =>
      Number((await db.execute<{ n: string }>(sql`select count(*) n from ${sql.identifier(table)}`))[0]?.n),
    optedOutAt: async () => (await phones.find(db, RELATIVE))?.optedOutAt ?? null,
    optOut: (at: Date | null) => db.update(phone).set({ optedOutAt: at }),
    events: () => db.select().from(event).orderBy(asc(event.id)),
    async close() {
      sms.stop();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

const nameOf = ({ provider }: SmsSettings): string => (typeof provider === 'string' ? provider : provider.name);

const CONFIRMED = {
  stop: 'Inga fler sms.',
  start: 'Du får sms igen.',
  night: 'Också på natten.',
  day: 'Inte på natten.',
};

async function visitorTexts(db: Db, vault: ReturnType<typeof createVault>, which?: SQL): Promise<string[]> {
  const rows = await db
    .select({ body: message.body, seq: message.seq, talk: conversation })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(and(eq(message.author, 'visitor'), which))
    .orderBy(asc(message.seq));
  return rows.map((r) => vault.open(vault.unwrap(r.talk), r.body, `${r.talk.id}:${r.seq}`));
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address ? address.port : 0;

export const twilioSettings = (apiUrl: string): SmsSettings => ({
  provider: createTwilio({
    accountSid: 'AC00000000000000000000000000000001',
    authToken: AUTH_TOKEN,
    from: OURS,
    apiUrl,
    publicUrl: 'https://sms.example.org',
  }),
});

export const elksSettings = (apiUrl: string): SmsSettings => ({
  provider: createElks({
    username: 'u1',
    password: 'api-word',
    from: OURS,
    apiUrl,
    webhookUser: 'elk',
    webhookPassword: WEBHOOK_PASSWORD,
    publicUrl: 'https://sms.example.org/',
  }),
});

/** A form as Twilio would post it to the public URL, signed by an implementation of the test's own. */
export function twilioRequest(path: string, fields: Record<string, string>, token = AUTH_TOKEN): RequestInit {
  const names = Object.keys(fields).sort();
  const data = `https://sms.example.org${path}${names.map((n) => n + fields[n]).join('')}`;
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', token).update(data).digest('base64'),
    },
    body: new URLSearchParams(fields).toString(),
  };
}

export function elksRequest(fields: Record<string, string>, password = WEBHOOK_PASSWORD): RequestInit {
  const authorization = `Basic ${Buffer.from(`elk:${password}`).toString('base64')}`;
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
    body: new URLSearchParams(fields).toString(),
  };
}
