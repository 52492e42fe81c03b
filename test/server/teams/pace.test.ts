import { describe, expect, test } from 'vitest';
import { createLine } from '../../../src/server/channels/teams/line.ts';
import { createPace } from '../../../src/server/channels/teams/pace.ts';
import { startWindows } from './windows.ts';

/** A house of senders on a time that moves only when all of them wait. */
function at() {
  let now = Date.parse('2026-11-22T10:00:00Z');
  const sleepers: { until: number; wake: () => void }[] = [];
  const clock = () => new Date(now);
  const delay = (ms: number) => new Promise<void>((wake) => sleepers.push({ until: now + ms, wake }));
  const pace = createPace(clock);
  async function run(untilMs: number): Promise<void> {
    const end = now + untilMs;
    for (;;) {
      for (let n = 0; n < 30; n += 1) await Promise.resolve();
      sleepers.sort((a, b) => a.until - b.until);
      const [next] = sleepers;
      if (!next || next.until > end) break;
      sleepers.shift();
      now = next.until;
      next.wake();
    }
    now = end;
  }
  return { clock, delay, pace, run, line: createLine({ pace, clock, delay, patienceMs: 3_600_000 }) };
}
const HOUR = 3_600_000;

describe('Teams’ limits, kept by a simulator of its windows', () => {
  test('calls as fast as they may for two hours: no 429, at least 95 % of what is permitted', async () => {
    const { clock, line, run } = at();
    const teams = startWindows(clock);
    let wanted = true;
    const sender = async () => {
      while (wanted) await line.run('19:a', async () => teams.call('19:a'));
    };
    void Promise.all([sender(), sender()]);
    await run(2 * HOUR);
    wanted = false;
    const share = teams.accepted('19:a') / 3_600;
    process.stdout.write(
      `Teams pace: ${(share * 100).toFixed(1)} % of the permitted rate, ${teams.refused()} refused\n`,
    );
    expect(teams.refused()).toBe(0);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test('many conversations at once stay under the tenant’s fifty a second', async () => {
    const { clock, line, run } = at();
    const teams = startWindows(clock);
    const all = Array.from({ length: 400 }, (_, n) => line.run(`19:${n}`, async () => teams.call(`19:${n}`)));
    await run(60_000);
    await Promise.all(all);
    expect(teams.refused()).toBe(0);
    expect(teams.busiestSecond()).toBeGreaterThan(40);
  });
});

describe('edits', () => {
  test('stand in line, keep their place however often they ask, and leave room for who must look', () => {
    let now = 0;
    const pace = createPace(() => new Date(now));
    const go = () => {
      pace.spend('19:a');
      now += 300;
    };
    let edits = 0;
    while (pace.editIn('19:a', `c${edits}`) === 0) {
      go();
      edits += 1;
    }
    expect(edits).toBeGreaterThan(30);
    expect(pace.wait('19:a')).toBe(0);
    const first = pace.editIn('19:a', 'first');
    const second = pace.editIn('19:a', 'second');
    expect(second).toBeGreaterThan(first);
    expect(pace.editIn('19:a', 'first')).toBe(first);
    for (let n = 0; n < 9; n += 1) {
      expect(pace.wait('19:a')).toBe(0);
      go();
    }
    now += 60_000;
    expect(pace.editIn('19:a', 'second')).toBe(0);
  });
});
