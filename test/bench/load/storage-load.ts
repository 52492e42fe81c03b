import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openDatabase } from '../../../db/client.ts';
import { createPhones } from '../../../db/phones.ts';
import { newId } from '../../../db/schema/columns.ts';
import { createVault } from '../../../db/vault.ts';
import type { Outcome } from '../../../src/bot/outcome.ts';
import { usualHours } from '../../../src/bot/words/schedule.ts';
import { momentOf } from '../../../src/server/hours/route.ts';
import { createLog } from '../../../src/server/log.ts';
import { createReceive } from '../../../src/server/turn/receive.ts';
import { createRunTurn } from '../../../src/server/turn/run-turn.ts';
import { createSaveTurn } from '../../../src/server/turn/save-turn.ts';
import { answerQuestions } from '../answer-questions.ts';
import { drive } from './drive.ts';
import { ANSWERS, META, REPLY, STATE, VISITOR_TEXT } from './storage-rows.ts';

/** A process that takes and saves turns through our own code, without HTTP, and with a bot that answers at once. */
const StorageLoad = z.object({
  inFlight: z.number().max(256),
  warmMs: z.number().max(10_000),
  measureMs: z.number().max(60_000),
});
const Connection = z.object({
  host: z.string(),
  port: z.number(),
  username: z.string(),
  database: z.string(),
  password: z.string().default(''),
});

const TRIAGE = { risk: 'none' as const, kinds: [], reasons: [], wantsHuman: false };
const OUTCOME: Outcome = {
  reply: { text: REPLY, answers: ANSWERS, choices: META.choices },
  state: STATE,
  language: 'sv',
  district: null,
  triage: TRIAGE,
  handoff: null,
  topics: META.topics,
};

const turns = openTurns(Connection.parse(JSON.parse(process.argv[2] ?? '{}')));
answerQuestions('ready', async (question) => {
  const { inFlight, ...times } = StorageLoad.parse(question);
  const threads = Array.from({ length: inFlight }, () => newId('cnv'));
  return drive({ inFlight, ...times, once: (slot) => turns(threads[slot] ?? '') });
});

/** One turn: the message is stored and could be acknowledged, then it is leased, answered and saved. */
function openTurns(connection: z.output<typeof Connection>): (threadId: string) => Promise<void> {
  const { db } = openDatabase(connection);
  const vault = createVault([{ id: 'bench', key: randomBytes(32) }]);
  const core = {
    db,
    vault,
    phones: createPhones(vault, randomBytes(32)),
    hub: { publish: () => {} },
    jobs: { sms: async () => {}, card: async () => {}, alert: async () => {}, wake: () => {} },
    log: createLog('silent'),
    clock: () => new Date(),
    wake: () => {},
    burst: { waitMs: 0, capMs: 0 },
  };
  const receive = createReceive({
    ...core,
    ears: {
      mask: (text) => ({ text, found: [], first: {} }),
      triage: () => TRIAGE,
      telling: () => [],
      language: () => 'sv',
      consent: () => null,
      keywordReply: () => ({ text: '', id: '' }),
      ownWords: () => null,
    },
  });
  const save = createSaveTurn({ ...core, fallback: () => ({ text: REPLY, answers: [], choices: [] }) });
  const timetable = { at: (now: Date) => momentOf(now, new Map([['staden', usualHours()]])) };
  const runTurn = createRunTurn({ ...core, ask: async () => OUTCOME, save, timetable, leaseMs: 15_000 });
  return async (threadId) => {
    const stored = { sender: { channel: 'web' as const, threadId }, externalId: randomUUID(), text: VISITOR_TEXT };
    await runTurn((await receive(stored)).conversationId);
  };
}
