import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { conversation } from '../../db/schema/conversation.ts';
import { audit, event } from '../../db/schema/work.ts';
import type { TurnInput } from '../../src/bot/outcome.ts';
import { readSchedule } from '../../src/bot/words/schedule.ts';
import { stockholmInstant } from '../../src/bot/words/stockholm-time.ts';
import { claim } from '../../src/inbox/queue/claim.ts';
import { handBack } from '../../src/inbox/queue/hand-back.ts';
import { momentOf } from '../../src/server/hours/route.ts';
import { createReroute } from '../../src/server/jobs/reroute.ts';
import { say, startCore } from '../support/core.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const every = (from: string, to: string) => Object.fromEntries(WEEKDAYS.map((day) => [day, [[from, to]]]));
const CITY = new Map([
  ['jarva', readSchedule({ week: every('08:00', '16:30') })],
  ['farsta', null],
  ['staden', readSchedule({ week: every('16:30', '22:00') })],
]);

describe.each(databases)('on %s', (kind) => {
  let now = wall('2026-11-23 10:00');
  let core: Awaited<ReturnType<typeof startCore>>;
  let reroute: () => Promise<void>;
  const told: { district: string | null; open: boolean; opensAt: Date | null }[] = [];
  beforeAll(async () => {
    const timetable = { at: (at: Date) => momentOf(at, CITY) };
    core = await startCore(kind, async (input) => answer(input), { clock: () => now, timetable });
    reroute = createReroute({
      db: core.db,
      jobs: { ...core.desk.jobs, wake: () => {} },
      hub: { publish: () => {} },
      clock: () => now,
      timetable,
    });
  });
  afterAll(() => core.stop());

  test('by day one waits in one’s own district; in the evening with the city pool, which is what one is told [B18]', async () => {
    now = wall('2026-11-23 10:00');
    const day = await asks('jag bor i jarva');
    expect(await place(day)).toEqual(['jarva', null]);
    expect(told.at(-1)).toEqual({ district: 'jarva', open: true, opensAt: null });
    now = wall('2026-11-23 18:00');
    const evening = await asks('jag bor i jarva');
    expect(await place(evening)).toEqual(['staden', 'jarva']);
    expect(told.at(-1)).toEqual({ district: 'jarva', open: true, opensAt: null });
  });

  test('at night one waits at home and is told when people are next there; a district without hours counts as closed (F7, F52)', async () => {
    now = wall('2026-11-23 23:30');
    expect(await place(await asks('jag bor i jarva'))).toEqual(['jarva', null]);
    expect(told.at(-1)).toEqual({ district: 'jarva', open: false, opensAt: wall('2026-11-24 08:00') });
    expect(await place(await asks('jag bor i farsta'))).toEqual(['farsta', null]);
    expect(told.at(-1)).toEqual({ district: 'farsta', open: false, opensAt: wall('2026-11-24 16:30') });
  });

  test('what the pool has not claimed goes home in the morning with its place; what it has claimed stays', async () => {
    now = wall('2026-11-24 18:00');
    const first = await asks('jag bor i jarva');
    now = wall('2026-11-24 18:05');
    const second = await asks('jag bor i jarva');
    const taken = await asks('jag bor i jarva');
    await claim(core.desk, core.actor(1), taken);
    await Promise.all([reroute(), reroute()]);
    expect([await place(first), await place(second)]).toEqual([
      ['staden', 'jarva'],
      ['staden', 'jarva'],
    ]);
    now = wall('2026-11-25 08:00');
    await Promise.all([reroute(), reroute(), reroute()]);
    expect([await place(first), await place(second), await place(taken)]).toEqual([
      ['jarva', null],
      ['jarva', null],
      ['staden', 'jarva'],
    ]);
    const [one, two] = [await row(first), await row(second)];
    expect(one.waitingSince).toEqual(wall('2026-11-24 18:00'));
    expect(two.waitingSince).toEqual(wall('2026-11-24 18:05'));
    const moves = await core.db.select().from(event).where(eq(event.conversationId, first));
    expect(moves.filter((e) => e.kind === 'district' && e.at.getTime() === now.getTime())).toHaveLength(2);
    const entries = await core.db.select().from(audit).where(eq(audit.conversationId, first));
    expect(entries.filter((e) => e.action === 'route').map((e) => e.detail)).toEqual([{ from: 'staden', to: 'jarva' }]);
  });

  test('who waits when the district closes is moved to the pool, and one the pool gives back to the bot is at home', async () => {
    now = wall('2026-11-26 16:29');
    const id = await asks('jag bor i jarva');
    expect(await place(id)).toEqual(['jarva', null]);
    now = wall('2026-11-26 16:30');
    await reroute();
    expect(await place(id)).toEqual(['staden', 'jarva']);
    const { claim: token } = await claim(core.desk, core.actor(1), id);
    await handBack(core.desk, core.actor(1), id, { claim: token });
    await reroute();
    expect(await place(id)).toEqual(['jarva', null]);
  });

  function answer(input: TurnInput) {
    const district = /jarva|farsta/.exec(input.messages.map((m) => m.text).join(' '))?.[0] ?? null;
    told.push({ district, ...input.opening(district) });
    return say(input, 'svar', { handoff: 'asked', district });
  }
  async function asks(text: string): Promise<string> {
    const id = newId('cnv');
    await core.write(id, text);
    await until(async () => (await row(id)).turnDueAt === null);
    return id;
  }
  async function row(id: string) {
    const [found] = await core.db.select().from(conversation).where(eq(conversation.id, id));
    if (!found) throw new Error('no such conversation');
    return found;
  }
  const place = async (id: string) => {
    const { district, homeDistrict } = await row(id);
    return [district, homeDistrict];
  };
});

function wall(time: string): Date {
  return stockholmInstant(time.slice(0, 10), Number(time.slice(11, 13)) * 60 + Number(time.slice(14)));
}
