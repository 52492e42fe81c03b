import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq, inArray, sql } from 'drizzle-orm';
import type { ConnectionOptions } from '../../db/client.ts';
import { conversation } from '../../db/schema/conversation.ts';
import { district } from '../../db/schema/place.ts';
import { pageWords } from '../bot/dialogue/first-words.ts';
import { createHandler } from '../bot/handler.ts';
import { keywordOf } from '../bot/safety/keyword.ts';
import { foldable } from '../bot/words/gsm.ts';
import { sayWhen } from '../bot/words/say-when.ts';
import { claim } from '../inbox/queue/claim.ts';
import type { Desk } from '../inbox/queue/desk.ts';
import { findActor, findActorById } from '../inbox/queue/find-actor.ts';
import { createPrivateLinks } from './auth/private-link.ts';
import { createDevSignIn, createEntraSignIn, type StaffToken } from './auth/staff-sign-in.ts';
import { createStreamTickets } from './auth/stream-ticket.ts';
import { createVisitorTokens } from './auth/visitor-token.ts';
import { DIST } from './build.ts';
import { createSms, type SmsSettings } from './channels/sms/create-sms.ts';
import { cardsOwed } from './channels/teams/cards-owed.ts';
import { createTeams, type Teams } from './channels/teams/create-teams.ts';
import { teamsHealth } from './channels/teams/route-health.ts';
import { createStaffPort } from './channels/teams/staff-port.ts';
import { createOrigins } from './channels/webchat/origins.ts';
import { createStreams } from './channels/webchat/streams.ts';
import type { Config } from './config.ts';
import { isDatabaseDown } from './database-down.ts';
import { createTimetable } from './hours/timetable.ts';
import { createCheckHours } from './jobs/check-hours.ts';
import { createEraseOld, erasedOn } from './jobs/erase-old.ts';
import { createEscalate } from './jobs/escalate.ts';
import { createEvery } from './jobs/every.ts';
import { createJobs } from './jobs/jobs.ts';
import { createReroute } from './jobs/reroute.ts';
import { createSweep } from './jobs/sweep.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createModel } from './model/create-model.ts';
import { tellChanged } from './realtime/hub.ts';
import { createNotifier } from './realtime/notifier.ts';
import { openStorage } from './storage.ts';
import { createAsk } from './turn/adapter.ts';
import { createBot } from './turn/bot.ts';
import { createActs } from './turn/create-acts.ts';
import { giveLink } from './turn/give-link.ts';
import { aheadOf, homeOf } from './turn/place.ts';
import { createReceive } from './turn/receive.ts';
import { createRunTurn } from './turn/run-turn.ts';
import { createTurnRunner } from './turn/runner.ts';
import { createSaveTurn } from './turn/save-turn.ts';
import { createApproved, titlesOf } from './turn/writing-aids.ts';

export type Deps = Awaited<ReturnType<typeof openDeps>>;

const STREAM_BEAT_MS = 15_000;
/** How late an alarm or a change of queue may be. */
const WATCH_MS = 5_000;
/** Receipts come within seconds where a network gives any. */
const RECEIPT_WAIT_MS = 10_000;
const EXIT_URL = 'https://www.smhi.se/';

export interface House {
  /** `connection` names a database that no URL can (a socket). */
  config: Config & { connection?: ConnectionOptions };
  log: Log;
  clock?: () => Date;
  /** A line for the person at the terminal. */
  say?: (line: string) => void;
  /** Where the built tab is; the default is the project's own. */
  distDir?: string;
}

/** Opens everything the service needs and connects it. `start` begins work, `stop` ends it in the opposite order. */
export async function openDeps({ config, log, clock = () => new Date(), say = () => {}, distDir = DIST }: House) {
  const bot = createBot(config.model ? createModel(config.model) : null);
  const store = await openStorage(config, bot.places, say);
  const { db, turnDb, vault, phones } = store;
  const hub = createNotifier(store.direct, log);
  const jobs = createJobs(store.direct, log);
  const named = bot.places.districts.map(({ code, name }) => ({ slug: code, name }));
  const timetable = createTimetable({ db, hub, log });
  const metrics = createMetrics();
  const announce = (at: { threadId: string; district: string }) => {
    tellChanged(hub, at.threadId, at.district);
    jobs.wake();
  };

  const wake = (id: string, at: Date) => runner.wake(id, at);
  const core = { db, vault, phones, hub, jobs, log, clock, wake, timetable, burst: config.burst };
  const links = createPrivateLinks(store.tokenSecret, config.publicUrl);
  const giving = { vault, jobs, links, linkReply: bot.linkReply };
  const receive = createReceive({
    ...core,
    ears: bot.ears,
    giveLink: (tx, row, now) => giveLink(giving, tx, row, now),
  });
  const approved = createApproved({ db, library: bot.library, clock });
  const { handingLine: line, translator } = bot;
  const titles = titlesOf(bot.library, bot.contacts);
  const writing = { translates: translator !== null, fold: { ...foldable }, titles };
  const desk: Desk = { db, vault, clock, jobs, line, approved, translator, announce };

  const texting = {
    ...core,
    links,
    receive,
    keywordOf,
    announce,
    noise: metrics.noise,
    receiptWaitMs: RECEIPT_WAIT_MS,
  };
  const sms = createSms(smsSettings(config), texting);
  const repair = (id: string) => db.transaction((tx) => jobs.card(tx, id)).then(() => jobs.wake());
  const take = (actor: Parameters<typeof claim>[1], id: string) => claim(desk, actor, id);
  const atTeams = {
    db,
    log,
    clock,
    publicUrl: config.publicUrl,
    teamsAppId: config.teamsAppId,
    claim: take,
    repair,
    mend: async (...card: Parameters<Teams['mend']>) => teams?.mend(...card),
    delay: (ms: number) => sleep(ms),
    random: Math.random,
    jobs,
  };
  const handler = createHandler({ decide: bot.decide, staff: config.bot ? createStaffPort(atTeams) : null });
  const ask = createAsk(handler);
  const save = createSaveTurn({ ...core, db: turnDb, fallback: bot.fallback });
  const runTurn = createRunTurn({ ...core, db: turnDb, ask, save, leaseMs: config.turnLeaseMs });
  const runner = createTurnRunner({ db: turnDb, log, clock, runTurn, pollMs: 1_000, limitMs: 2 * config.turnLeaseMs });
  const teams: Teams | null = config.bot ? createTeams(config.bot, { ...atTeams, bot: handler }) : null;
  const owed = async (before: Date) => (teams ? cardsOwed(db, before) : []);
  const reroute = createReroute(core);
  const escalate = createEscalate({ ...core, ladders: config.ladders, stillWaiting: bot.stillWaiting });
  const queueWatch = createEvery('queue.watch', WATCH_MS, () => reroute().then(escalate), log);
  const sweep = createSweep({ ...core, line: bot.handingLine, cardsOwed: owed });

  const checkHours = createCheckHours(core);
  const { keptDays } = config;
  const eraseOld = createEraseOld({ db, clock, keptDays, decision: config.retentionDecision });

  const tokens = createVisitorTokens(store.tokenSecret, clock);
  const origins = createOrigins(config.widgetOrigins, config.publicUrl);
  const read = { db, vault, place: placeOf };
  const isRevoked = tokens.isRevoked;
  const streams = createStreams({ ...read, hub, isRevoked, clock, log, beatMs: STREAM_BEAT_MS });
  const devSignIn = config.staffSignIn === 'dev' ? createDevSignIn(store.tokenSecret, clock) : null;
  const contacts = (language: string) => shownContacts(bot.contacts, language);

  return {
    config,
    log,
    metrics,
    isDatabaseDown,
    tabDir: path.join(distDir, 'tab'),
    sms,
    teams,
    devSignIn,
    staffSignIn:
      devSignIn ?? createEntraSignIn(config.entra ?? { tenantId: '', clientId: '', issuer: '', jwksUri: '' }, clock),
    findStaff: (token: StaffToken) => ('workerId' in token ? findActorById(db, token.workerId) : findActor(db, token)),
    isWorker: async (id: string) => (await findActorById(db, id)) !== null,
    webchat: {
      ...read,
      ...core,
      receive,
      acts: createActs({ ...core, handoffLine: bot.handoffLine }),
      tokens,
      tickets: createStreamTickets(store.tokenSecret, db, clock),
      streams,
      origins,
      publicUrl: config.publicUrl,
      erasedOn: (lastAt: Date) => (keptDays === null ? null : erasedOn(lastAt, keptDays)),
    },
    chatPage: {
      keptDays,
      origins,
      publicUrl: config.publicUrl,
      exitUrl: EXIT_URL,
      contacts,
      ...pageWords(bot.phrases),
    },
    privateLink: { db, links, clock, tokens, origins, exitUrl: EXIT_URL },
    inbox: { desk, districtNames, writing },
    districts: { desk, timetable, districts: () => named },
    inboxStream: { desk, hub, log, recheck: (actor: { id: string }) => findActorById(db, actor.id) },
    pages: {
      tryIt: !config.production,
      contacts,
      openings: openingsNow,
      retentionDecision: config.retentionDecision,
      keptDays,
    },
    operator: { ready: async () => jobs.ready() && (await store.database.ping(1_000)), metrics: renderMetrics },

    async start() {
      await hub.start();
      await timetable.start();
      for (const slug of timetable.missing()) log.warn('hours.missing', { districts: slug });
      const card = teams?.syncCard ?? (async () => null);
      const alert = teams?.sendAlert ?? (async () => null);
      await jobs.start({ sms: sms.deliver, card, alert, sweep, eraseOld, checkHours });
      runner.start();
      queueWatch.start();
      for (const line of bot.contentProblems(clock())) log.warn('content.problem', { line });
    },
    async stop() {
      streams.stop();
      await queueWatch.stop();
      await runner.stop();
      sms.stop();
      await jobs.stop();
      timetable.stop();
      await hub.stop();
      await store.close();
    },
  };

  function openingsNow() {
    const moment = timetable.at(clock());
    return named.map(({ slug, name }) => {
      const { open, opensAt } = moment.route(slug).opening;
      return { name, open, when: opensAt ? sayWhen(opensAt, moment.now, 'sv') : null };
    });
  }

  async function placeOf(row: typeof conversation.$inferSelect) {
    const { opensAt } = timetable.at(clock()).route(homeOf(row)).opening;
    return { ahead: await aheadOf(db, row), opensAt };
  }

  async function districtNames(slugs: string[]) {
    if (slugs.length === 0) return [];
    const columns = { slug: district.slug, name: district.name };
    return db.select(columns).from(district).where(inArray(district.slug, slugs)).orderBy(district.name);
  }

  async function renderMetrics(): Promise<string> {
    const [row] = await db
      .select({ n: sql<string>`count(*)` })
      .from(conversation)
      .where(eq(conversation.owner, 'waiting'));
    return metrics.render({
      conversations_waiting: Number(row?.n ?? 0),
      districts_without_hours: timetable.missing().length,
      ...(await teamsHealth(db)),
    });
  }
}

function smsSettings({ sms, publicUrl }: Config): SmsSettings {
  if (sms.provider === 'off' || sms.provider === 'simulator') return { provider: sms.provider, partOre: sms.partOre };
  const [chosen, ...others] = sms.vendors.map(({ vendor, settings }) => vendor.open(settings, publicUrl));
  if (!chosen) throw new Error('the chosen vendor has no settings');
  return { provider: chosen, others, perSecond: sms.perSecond ?? sms.vendors[0]?.vendor.perSecond ?? 1 };
}

/** Numbers for pages, in the order people need them. One that is not verified is not there (DOMAIN §2). */
function shownContacts(contacts: ReturnType<typeof createBot>['contacts'], language: string) {
  return ['112', '114-14', 'bris', 'kvinnofridslinjen'].flatMap((id) => {
    const contact = contacts.shown(id);
    if (!contact) return [];
    const name = language === 'sv' ? contact.name.sv : contact.name.en;
    return [{ name: name.replace(contact.number, '').trim(), number: contact.number }];
  });
}
