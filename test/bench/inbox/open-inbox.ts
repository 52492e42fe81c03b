import postgres from 'postgres';
import { type ConnectionOptions, type Db, openDatabase } from '../../../db/client.ts';
import { createVault, type MasterKey, type Vault } from '../../../db/vault.ts';
import { claim } from '../../../src/inbox/queue/claim.ts';
import { counts } from '../../../src/inbox/queue/counts.ts';
import type { Actor, Desk } from '../../../src/inbox/queue/desk.ts';
import { findActorById } from '../../../src/inbox/queue/find-actor.ts';
import { list } from '../../../src/inbox/queue/list.ts';
import { open } from '../../../src/inbox/queue/open.ts';
import type { ListQuery } from '../../../src/inbox/wire.ts';
import { type InboxSize, makeInbox, WORKERS } from './make-inbox.ts';

/** A filled inbox and the queue's own code on it. */
export interface Inbox {
  options: ConnectionOptions;
  sql: postgres.Sql;
  desk: Desk;
  deskOn(db: Db): Desk;
  /** One worker with a district and the city pool, and one who sees the whole city. */
  worker: Actor;
  city: Actor;
  workers: Actor[];
  /** Any conversations at all, most of them closed. */
  ids: string[];
  stop(): Promise<void>;
}

const SAMPLE = 20_000;

export async function openInbox(options: ConnectionOptions, size: InboxSize, masters: MasterKey[]): Promise<Inbox> {
  const sql = postgres({ ...options, max: 1, onnotice: () => {} });
  const vault = createVault(masters);
  await makeInbox(sql, size, vault.newKey());
  // As many connections as the service has.
  const database = openDatabase(options);
  const deskOn = (db: Db): Desk => ({
    db,
    vault: readsFiller(vault),
    clock: () => new Date(),
    jobs: { sms: async () => {}, card: async () => {}, alert: async () => {} },
    line: () => ({ text: 'Nu skriver en kollega här. Boten svarar inte längre.', ref: { id: 'claimed', version: 1 } }),
    approved: async () => [],
    translator: null,
    announce: () => {},
  });
  const actor = async (id: string): Promise<Actor> => {
    const found = await findActorById(database.db, id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  const workers = await Promise.all(Array.from({ length: WORKERS }, (_, i) => actor(`bench-${i + 1}`)));
  const share = Math.min(100, (SAMPLE / size.conversations) * 100);
  const rows = await sql<{ id: string }[]>`select id from conversation tablesample bernoulli (${share}) repeatable (7)`;
  return {
    options,
    sql,
    desk: deskOn(database.db),
    deskOn,
    workers,
    worker: await actor('bench-1'),
    city: await actor('bench-all'),
    ids: rows.map((row) => row.id),
    async stop() {
      await Promise.all([database.close(), sql.end({ timeout: 5 })]);
    },
  };
}

/** The filler cannot be read: for each body one of the same kind is, which costs the same. */
function readsFiller(vault: Vault): Vault {
  const { key } = vault.newKey();
  const sealed = vault.seal(
    key,
    'Jag vet inte vad jag ska göra. De säger att jag är skyldig dem pengar nu. Kan någon hjälpa mig?',
    'here',
  );
  return { ...vault, open: () => vault.open(key, sealed, 'here') };
}

export interface Asked {
  kind: 'list' | 'opening' | 'counts';
  what: string;
  /** @param turn a different number each time. */
  ask(inbox: Inbox, desk: Desk, turn: number): Promise<unknown>;
}

/** Everything a member of staff asks for while reading; claims are asked in parallel and apart. */
export const ASKED: readonly Asked[] = [
  listOf('waiting, a worker', 'worker', { view: 'waiting' }),
  listOf('waiting, the whole city', 'city', { view: 'waiting' }),
  listOf('waiting, third page', 'city', { view: 'waiting', limit: 20 }, 2),
  listOf('waiting, by channel and language', 'city', { view: 'waiting', channel: 'web', language: 'en' }),
  listOf('waiting, one district', 'city', { view: 'waiting', district: 'jarva' }),
  listOf('mine', 'worker', { view: 'mine' }),
  listOf('team', 'city', { view: 'team' }),
  listOf('team, by language', 'city', { view: 'team', language: 'en' }),
  listOf('closed, a worker', 'worker', { view: 'closed' }),
  listOf('closed, the whole city', 'city', { view: 'closed' }),
  listOf('closed, fifth page', 'city', { view: 'closed' }, 4),
  listOf('closed, by channel', 'city', { view: 'closed', channel: 'sms' }),
  listOf('closed, by language', 'city', { view: 'closed', language: 'en' }),
  {
    kind: 'opening',
    what: 'any conversation, with its audit',
    ask: (inbox, desk, turn) => open(desk, inbox.city, inbox.ids[(turn * 7919) % inbox.ids.length] ?? ''),
  },
  { kind: 'counts', what: 'a worker', ask: (inbox, desk) => counts(desk, inbox.worker) },
  { kind: 'counts', what: 'the whole city', ask: (inbox, desk) => counts(desk, inbox.city) },
];

/** The question a claim is, for its plan. */
export const claimFirst = async (inbox: Inbox, desk: Desk): Promise<unknown> => {
  const { items } = await list(inbox.desk, inbox.city, { view: 'waiting', limit: 1 });
  return claim(desk, inbox.city, items[0]?.id ?? '');
};

type Query = Partial<ListQuery> & Pick<ListQuery, 'view'>;

function listOf(what: string, who: 'worker' | 'city', query: Query, pagesBefore = 0): Asked {
  const cursors = new WeakMap<Inbox, string | null>();
  const ask = (inbox: Inbox, desk: Desk, cursor: string | null) =>
    list(desk, inbox[who], { limit: 50, ...query, ...(cursor ? { cursor } : {}) });
  return {
    kind: 'list',
    what,
    async ask(inbox, desk) {
      let cursor = cursors.get(inbox) ?? null;
      if (!cursors.has(inbox)) {
        for (let page = 0; page < pagesBefore; page += 1) cursor = (await ask(inbox, inbox.desk, cursor)).next;
        cursors.set(inbox, cursor);
      }
      return ask(inbox, desk, cursor);
    },
  };
}
