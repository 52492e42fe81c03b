import { describe, expect, it } from 'vitest';
import { openingAt, sayWhen } from '../../../src/bot/words/hours.ts';
import { readSchedule } from '../../../src/bot/words/schedule.ts';
import { stockholmInstant, stockholmTime } from '../../../src/bot/words/stockholm-time.ts';
import { swedishHolidays } from '../../../src/bot/words/swedish-holidays.ts';

const schedule = readSchedule();
/** Stockholm wall time, e.g. "2026-06-19 23:30". */
const at = (wall: string) =>
  stockholmInstant(wall.slice(0, 10), Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14)));
const says = (wall: string, language = 'sv') => {
  const now = at(wall);
  const { open, opensAt } = openingAt(now, schedule);
  return open ? 'open' : opensAt ? sayWhen(opensAt, now, language) : 'unknown';
};

describe('opening hours', () => {
  it.each([
    ['2026-11-23 07:59', 'i dag klockan 8'],
    ['2026-11-23 08:00', 'open'],
    ['2026-11-23 16:29', 'open'],
    ['2026-11-23 16:30', 'i morgon klockan 8'],
    ['2026-11-23 23:30', 'i morgon klockan 8'],
    ['2026-11-24 00:30', 'i dag klockan 8'],
    ['2026-11-27 17:00', 'på måndag klockan 8'],
    ['2026-06-18 17:00', 'på måndag klockan 8'],
    ['2026-06-19 12:00', 'på måndag klockan 8'],
    ['2027-03-25 17:00', 'på tisdag klockan 8'],
    ['2026-03-28 23:30', 'på måndag klockan 8'],
    ['2026-03-29 01:30', 'i morgon klockan 8'],
    ['2026-10-25 03:30', 'i morgon klockan 8'],
    ['2025-12-23 17:00', 'på måndag klockan 8'],
    ['2026-12-23 17:00', 'på måndag klockan 8'],
  ])('at %s: %s', (wall, said) => expect(says(wall)).toBe(said));

  it('English says the same', () => {
    expect(says('2026-11-23 23:30', 'en')).toBe('tomorrow at 8:00');
    expect(says('2026-11-27 17:00', 'en')).toBe('on Monday at 8:00');
  });

  it('opens at 8 by the wall clock on both sides of both clock changes', () => {
    expect(openingAt(at('2026-03-28 12:00'), schedule).opensAt).toEqual(new Date('2026-03-30T06:00:00Z'));
    expect(openingAt(at('2026-10-24 12:00'), schedule).opensAt).toEqual(new Date('2026-10-26T07:00:00Z'));
  });

  it('says the date when it is a week away or more', () => {
    expect(sayWhen(at('2027-01-07 08:00'), at('2026-12-23 17:00'), 'sv')).toBe('torsdag 7 januari klockan 8');
    expect(sayWhen(at('2027-01-07 16:30'), at('2027-01-07 12:00'), 'sv')).toBe('i dag klockan 16.30');
  });

  it('a missing or broken schedule means closed, without a time', () => {
    expect(readSchedule({ weekdays: 'always' })).toBeNull();
    expect(openingAt(at('2026-11-23 10:00'), null)).toEqual({ open: false, opensAt: null });
    expect(openingAt(new Date(Number.NaN), schedule)).toEqual({ open: false, opensAt: null });
    const never = schedule && { ...schedule, weekdays: {} };
    expect(openingAt(at('2026-11-23 10:00'), never)).toEqual({ open: false, opensAt: null });
  });

  it("a closed day of the City's own is closed", () => {
    const closed = schedule && { ...schedule, closedDates: ['2026-11-23'] };
    expect(openingAt(at('2026-11-23 10:00'), closed).opensAt).toEqual(at('2026-11-24 08:00'));
  });

  it('knows Easter, Ascension and Midsummer Eve', () => {
    expect([...swedishHolidays(2026)]).toEqual(expect.arrayContaining(['04-03', '04-06', '05-14', '06-19']));
    expect([...swedishHolidays(2027)]).toEqual(expect.arrayContaining(['03-26', '03-29', '05-06', '06-25']));
    expect([...swedishHolidays(2038)]).toEqual(expect.arrayContaining(['04-23', '04-26', '06-03', '06-25']));
  });

  it("agrees with the runtime's calendar through two years", () => {
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Stockholm',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 1_800_000 * 5) {
      const { date, minute } = stockholmTime(new Date(ms));
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      expect(`${date} ${time}`).toBe(clock.format(ms));
    }
  });
});
