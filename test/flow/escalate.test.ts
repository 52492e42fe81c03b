import { and, asc, eq, ne } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../db/audit.ts';
import { newId } from '../../db/schema/columns.ts';
import { conversation, message } from '../../db/schema/conversation.ts';
import { worker } from '../../db/schema/staff.ts';
import { alert, audit, event } from '../../db/schema/work.ts';
import { createPhrases } from '../../src/bot/words/phrases.ts';
import { readSchedule } from '../../src/bot/words/schedule.ts';
import { claim } from '../../src/inbox/queue/claim.ts';
import { release } from '../../src/inbox/queue/release.ts';
import { momentOf, type Schedules } from '../../src/server/hours/route.ts';
import { AGAIN_MIN, createEscalate } from '../../src/server/jobs/escalate.ts';
import { createLog } from '../../src/server/log.ts';
import { ALWAYS, say, startCore } from '../support/core.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const MONDAY = Date.parse('2026-11-23T09:00:00Z');
const LADDERS = { red: [2, 5, 6], amber: [15, 30, 45], green: [45, 90, 120] } as const;
const OFFICE = readSchedule({ week: { monday: [['08:00', '16:30']], tuesday: [['08:00', '16:30']] } });
const phrases = createPhrases();

describe.each(databases)('on %s', (kind) => {
  let now = new Date(MONDAY);
  let schedules: Schedules = ALWAYS;
  let core: Awaited<ReturnType<typeof startCore>>;
  let replica: () => () => Promise<void>;
  const sent: string[] = [];
  beforeAll(async () => {
    const timetable = { at: (at: Date) => momentOf(at, schedules) };
    core = await startCore(kind, async (input) => say(input, 'svar', { handoff: 'asked', district: 'jarva' }), {
      clock: () => now,
      timetable,
    });
    replica = () =>
      createEscalate({
        db: core.db,
        vault: core.vault,
        jobs: { ...core.desk.jobs, alert: async (_tx, id) => void sent.push(id), wake: () => {} },
        hub: { publish: () => {} },
        log: createLog('silent'),
        clock: () => now,
        timetable,
        ladders: LADDERS,
        stillWaiting: ({ language, channel }) => phrases.say('still_waiting', language, channel),
      });
  });
  beforeEach(async () => {
    now = new Date(MONDAY);
    schedules = ALWAYS;
    await core.db.update(conversation).set({ owner: 'closed', closedAt: now, workerId: null, claimToken: null });
    await duty({});
  });
  afterAll(() => core.stop());

  test('unclaimed red: the district at once, after 2 min the second line, after 5 the coordinators, then the visitor, each once', async () => {
    await duty({ 'jarva-1': 'red', 'farsta-1': 'all', 'coordinator-1': 'all' });
    const id = await waits('FARA');
    await pass();
    expect(await alerts(id)).toEqual(['jarva-1 district']);
    advance(1.9);
    await pass();
    expect(await alarms(id)).toEqual([]);
    advance(2);
    await pass();
    expect(await alerts(id)).toEqual(['channel:staden second-line', 'jarva-1 district', 'jarva-1 second-line']);
    advance(5);
    await pass();
    expect(await alerts(id)).toContain('coordinator-1 coordinators');
    expect(await told(id)).toEqual([]);
    advance(6);
    await pass();
    advance(7);
    await pass();
    expect(await alarms(id)).toEqual([1, 2, 3]);
    expect(await told(id)).toEqual([expect.stringMatching(/Ingen har hunnit svara än.*112/)]);
    expect(await alerts(id)).toHaveLength(4);
    const entries = await core.db.select().from(audit).where(eq(audit.conversationId, id));
    expect(entries.filter((e) => e.action === 'alarm').map((e) => e.detail['step'])).toEqual([
      'second-line',
      'coordinators',
      'visitor',
    ]);
    expect(await verifyAudit(core.db)).toBeNull();
  });

  test('two replicas at once, and one that has just been restarted, alarm once', async () => {
    await duty({ 'jarva-1': 'all', 'coordinator-1': 'all' });
    const id = await waits('FARA');
    advance(10);
    await Promise.all(Array.from({ length: 6 }, () => replica()()));
    await replica()();
    expect(await alerts(id)).toEqual(['channel:staden visitor', 'coordinator-1 visitor', 'jarva-1 visitor']);
    expect(new Set(sent).size).toBe(sent.length);
    expect(await alarms(id)).toEqual([3]);
    expect(await told(id)).toHaveLength(1);
  });

  test('who is off duty gets nothing, and nothing of what was before when they come on (F35)', async () => {
    await duty({ 'jarva-1': 'red' });
    const question = await waits('hej');
    const red = await waits('FARA');
    await core.db.update(worker).set({ onDutyUntil: null });
    advance(130);
    await pass();
    await duty({ 'jarva-1': 'all', 'jarva-2': 'all', 'coordinator-1': 'all' });
    await pass();
    expect(await alerts(question)).toEqual(['channel:staden visitor']);
    expect(await alerts(red)).toEqual(['channel:staden visitor']);
  });

  test('a claim ends it; after a release it begins again from the bottom, at the old place in line', async () => {
    await duty({ 'jarva-1': 'all' });
    const id = await waits('hej');
    advance(50);
    await pass();
    expect(await alarms(id)).toEqual([1]);
    const { claim: token } = await claim(core.desk, core.actor(1), id);
    advance(100);
    await pass();
    expect(await alarms(id)).toEqual([1]);
    await release(core.desk, core.actor(1), id, { claim: token });
    await pass();
    expect((await row(id)).waitingSince).toEqual(new Date(MONDAY));
    advance(144);
    await pass();
    expect(await alarms(id)).toEqual([1]);
    advance(145);
    await pass();
    expect(await alarms(id)).toEqual([1, 1]);
  });

  test('a question that turns red climbs the red ladder, and the visitor is still told only once (F8)', async () => {
    const id = await waits('hej');
    advance(121);
    await pass();
    expect(await told(id)).toHaveLength(1);
    await core.write(id, 'FARA');
    await until(async () => (await row(id)).turnDueAt === null);
    await pass();
    expect(await alarms(id)).toEqual([3, 3]);
    expect(await told(id)).toHaveLength(1);
  });

  test('outside opening hours only red alarms; what waited overnight begins its wait when people come (F35)', async () => {
    schedules = new Map([...ALWAYS.keys()].map((slug) => [slug, OFFICE]));
    now = new Date('2026-11-23T15:20:00Z');
    const question = await waits('hej');
    now = new Date('2026-11-23T20:00:00Z');
    const red = await waits('FARA');
    now = new Date('2026-11-23T20:10:00Z');
    await pass();
    expect([await alarms(question), await alarms(red)]).toEqual([[], [3]]);
    now = new Date('2026-11-24T07:01:00Z');
    await pass();
    expect(await alarms(question)).toEqual([]);
    now = new Date('2026-11-24T07:45:00Z');
    await pass();
    expect(await alarms(question)).toEqual([1]);
  });

  test('at the top it rings again and again in the inbox, and pings nobody (F35)', async () => {
    await duty({ 'jarva-1': 'all' });
    const id = await waits('FARA');
    advance(6);
    await pass();
    const pings = (await alerts(id)).length;
    for (const times of [1, 2, 3]) {
      advance(6 + times * AGAIN_MIN);
      await Promise.all([pass(), pass()]);
    }
    expect(await alarms(id)).toEqual([3, 4, 4, 4]);
    expect(await alerts(id)).toHaveLength(pings);
    expect(await told(id)).toHaveLength(1);
  });

  const pass = () => replica()();
  const advance = (minutes: number) => {
    now = new Date(MONDAY + minutes * MINUTE);
  };
  async function duty(choices: Record<string, 'red' | 'all'>) {
    await core.db.update(worker).set({ onDutyUntil: null, alerts: 'none' });
    for (const [id, alerts] of Object.entries(choices))
      await core.db
        .update(worker)
        .set({ alerts, onDutyUntil: new Date(MONDAY + 900 * MINUTE) })
        .where(eq(worker.id, id));
  }
  async function waits(text: string): Promise<string> {
    const id = newId('cnv');
    await core.write(id, text);
    await until(async () => (await row(id)).turnDueAt === null);
    expect(await row(id)).toMatchObject({ owner: 'waiting', district: 'jarva' });
    return id;
  }
  async function row(id: string) {
    const [found] = await core.db.select().from(conversation).where(eq(conversation.id, id));
    if (!found) throw new Error('no such conversation');
    return found;
  }
  async function alerts(id: string): Promise<string[]> {
    const rows = await core.db.select().from(alert).where(eq(alert.conversationId, id));
    return rows.map((a) => `${a.workerId ?? `channel:${a.district}`} ${a.cause.split(':').at(-1)}`).sort();
  }
  async function alarms(id: string): Promise<(number | null)[]> {
    const rows = await core.db
      .select()
      .from(event)
      .where(and(eq(event.conversationId, id), eq(event.kind, 'alarm')))
      .orderBy(asc(event.id));
    return rows.map((e) => e.seq);
  }
  async function told(id: string): Promise<string[]> {
    const found = await row(id);
    const rows = await core.db
      .select()
      .from(message)
      .where(and(eq(message.conversationId, id), eq(message.author, 'system'), ne(message.answers, [])))
      .orderBy(asc(message.seq));
    const key = core.vault.unwrap(found);
    return rows
      .filter((m) => m.answers?.some((a) => a.id === 'words:still_waiting'))
      .map((m) => core.vault.open(key, m.body, `${id}:${m.seq}`));
  }
});
