import { and, eq, ne } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { conversation, message } from '../../db/schema/conversation.ts';
import { transfer as transferTable } from '../../db/schema/desk.ts';
import { type EventKind, event } from '../../db/schema/work.ts';
import { accept } from '../../src/inbox/queue/answer-offer.ts';
import { claim } from '../../src/inbox/queue/claim.ts';
import { breakTheGlass } from '../../src/inbox/queue/glass.ts';
import { OFFER_MIN } from '../../src/inbox/queue/offers.ts';
import { open as openConversation } from '../../src/inbox/queue/open.ts';
import { remind } from '../../src/inbox/queue/reminders.ts';
import { reply } from '../../src/inbox/queue/reply.ts';
import { transfer } from '../../src/inbox/queue/transfer.ts';
import { momentOf } from '../../src/server/hours/route.ts';
import { createEscalate } from '../../src/server/jobs/escalate.ts';
import { createSweep, LIMITS } from '../../src/server/jobs/sweep.ts';
import { createLog } from '../../src/server/log.ts';
import { ALWAYS, say, startCore } from '../support/core.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const DAY = 24 * 3_600_000;

describe.each(databases)('on %s', (kind) => {
  let offset = 0;
  const clock = () => new Date(Date.now() + offset);
  let core: Awaited<ReturnType<typeof startCore>>;
  let sweep: () => Promise<void>;
  let escalate: () => Promise<void>;
  beforeAll(async () => {
    core = await startCore(kind, async (input) => say(input, 'svar', asks(input) ? { handoff: 'asked' } : {}), {
      clock,
    });
    const hub = { publish: () => {} };
    const jobs = { ...core.desk.jobs, wake: () => {} };
    const timetable = { at: (now: Date) => momentOf(now, ALWAYS) };
    const ladders = { red: [2, 5, 6], amber: [15, 30, 45], green: [45, 90, 120] } as const;
    const stillWaiting = () => core.desk.line('returned', { language: 'sv', channel: 'web', open: true, name: '' });
    const log = createLog('silent');
    const { db, vault } = core;
    escalate = createEscalate({ db, vault, jobs, hub, log, clock, timetable, ladders, stillWaiting });
    sweep = createSweep({
      db: core.db,
      vault: core.vault,
      jobs: { ...core.desk.jobs, wake: () => {} },
      hub: { publish: () => {} },
      log: createLog('silent'),
      clock,
      line: core.desk.line,
      cardsOwed: async () => [],
    });
  });
  afterAll(() => core.stop());

  test('every state has a timed way out: 30 days on, all are closed or alarmed, and none is closed on an unanswered person (F16, F19)', async () => {
    offset = 0;
    const talked = await started('hej');
    const waiting = await started('människa');
    const held = await started('människa');
    await claim(core.desk, core.actor(1), held);
    const answered = await started('människa');
    const { claim: token } = await claim(core.desk, core.actor(2), answered);
    await reply(core.desk, core.actor(2), answered, { claim: token, clientId: 'a', text: 'hej' });
    const offered = await started('människa');
    const giver = await claim(core.desk, core.actor(1), offered);
    await reply(core.desk, core.actor(1), offered, { claim: giver.claim, clientId: 'a', text: 'hej' });
    await transfer(core.desk, core.actor(1), offered, giver.claim, { district: 'farsta' });
    const promised = await started('människa');
    await breakTheGlass(core.desk, core.actor('farsta'), promised, 'on-call');
    const dueAt = new Date(clock().getTime() + DAY / 2).toISOString();
    await remind(core.desk, core.actor(1), promised, { dueAt, text: 'ring' });

    for (let day = 1; day <= 30; day += 1) {
      offset = day * DAY;
      await sweep();
      await escalate();
    }
    expect((await row(talked)).owner).toBe('closed');
    expect((await row(answered)).owner).toBe('closed');
    for (const id of [waiting, held, promised]) {
      expect((await row(id)).owner).toBe('waiting');
      expect(await count(id, 'alarm')).toBeGreaterThanOrEqual(29);
    }
    // The offer bounced with an alarm; then the holder who had the last word was silent for a week.
    expect(await count(offered, 'alarm')).toBeGreaterThanOrEqual(1);
    expect((await row(offered)).owner).toBe('closed');
    const open = await core.db.select().from(transferTable).where(eq(transferTable.state, 'offered'));
    expect(open).toEqual([]);
    // Each day both the wait and the promise that nobody kept.
    expect(await count(promised, 'reminder')).toBe(2);
    expect(await count(promised, 'alarm')).toBeGreaterThanOrEqual(29 + 28);
    await expect(openConversation(core.desk, core.actor('farsta'), promised)).rejects.toThrow('not-found');
    expect(await core.db.select().from(conversation).where(eq(conversation.owner, 'worker'))).toEqual([]);
    offset = 0;
  });

  test('an offer nobody answers bounces in time, once, with an alarm to the giver, who still holds it', async () => {
    offset = 0;
    const id = await started('människa');
    const { claim: token } = await claim(core.desk, core.actor(1), id);
    await transfer(core.desk, core.actor(1), id, token, { district: 'farsta' });
    offset = (OFFER_MIN - 1) * 60_000;
    await sweep();
    expect(await count(id, 'alarm')).toBe(0);
    offset = (OFFER_MIN + 1) * 60_000;
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await count(id, 'alarm')).toBe(1);
    expect(await row(id)).toMatchObject({ owner: 'worker', workerId: 'jarva-1', claimToken: token });
    const { handover } = await openConversation(core.desk, core.actor(1), id);
    expect(handover).toMatchObject({ offer: null, trail: [{ kind: 'expired' }] });
    await expect(accept(core.desk, core.actor('farsta'), id)).rejects.toThrow('not-found');
    offset = 0;
  });

  test('a silent holder loses the conversation to the queue, at its old place, and the visitor is told once (F17)', async () => {
    offset = 0;
    const id = await started('människa');
    const since = (await row(id)).waitingSince;
    await claim(core.desk, core.actor(1), id);
    offset = (LIMITS.silentHolderMin - 1) * 60_000;
    await sweep();
    expect((await row(id)).owner).toBe('worker');
    offset = (LIMITS.silentHolderMin + 1) * 60_000;
    await Promise.all([sweep(), sweep(), sweep()]);
    const back = await row(id);
    expect(back).toMatchObject({
      owner: 'waiting',
      waitingSince: since,
      previousWorkerId: 'jarva-1',
      claimToken: null,
    });
    const told = await core.db
      .select()
      .from(message)
      .where(and(eq(message.conversationId, id), eq(message.author, 'system')));
    expect(told).toHaveLength(2); // "now X writes", "you are in the queue again"
    expect((await openConversation(core.desk, core.actor(2), id)).handover.previousWorker).toBe('Järva 1');
    await claim(core.desk, core.actor(2), id);
    expect((await row(id)).previousWorkerId).toBeNull();
    offset = 0;
  });

  async function started(text: string): Promise<string> {
    const id = newId('cnv');
    await core.write(id, text);
    await until(async () => (await row(id)).turnDueAt === null);
    return id;
  }
  const count = (id: string, kind: EventKind) =>
    core.db.$count(event, and(eq(event.conversationId, id), eq(event.kind, kind)));
  async function row(id: string) {
    const [found] = await core.db
      .select()
      .from(conversation)
      .where(and(eq(conversation.id, id), ne(conversation.id, '')));
    if (!found) throw new Error('no such conversation');
    return found;
  }
});

const asks = (input: { messages: { text: string }[] }) => input.messages.some((m) => m.text === 'människa');
