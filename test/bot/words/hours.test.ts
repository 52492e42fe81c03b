import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openingAt } from '../../../src/bot/words/hours.ts';
import { sayWhen } from '../../../src/bot/words/say-when.ts';
import { readSchedule, usualHours } from '../../../src/bot/words/schedule.ts';
import { stockholmInstant, stockholmTime } from '../../../src/bot/words/stockholm-time.ts';
import { HOLIDAY_FILE, libraryHolidays } from './library-holidays.ts';

const schedule = usualHours();
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

  it('a missing or broken schedule means closed, without a time (F52)', () => {
    const nobody = { open: false, opensAt: null, since: null, until: null };
    for (const broken of [null, { week: 'always' }, { week: { monday: [['08:00', '25:00']] } }, { week: {}, extra: 1 }])
      expect(readSchedule(broken)).toBeNull();
    expect(readSchedule({ week: { monday: [['08:00', '08:00']] } })).toBeNull();
    expect(openingAt(at('2026-11-23 10:00'), null)).toEqual(nobody);
    expect(openingAt(new Date(Number.NaN), schedule)).toEqual(nobody);
    expect(openingAt(at('2026-11-23 10:00'), { ...schedule, week: {} })).toEqual(nobody);
    expect(openingAt(at('2061-03-01 10:00'), schedule)).toEqual(nobody);
  });

  it("the City's own days hold for every district, a district's own come before them", () => {
    const cityDays = { '2026-11-23': [], '2027-01-05': [['08:00', '12:00']] } satisfies typeof schedule.cityDays;
    expect(openingAt(at('2026-11-23 10:00'), schedule, cityDays).opensAt).toEqual(at('2026-11-24 08:00'));
    expect(openingAt(at('2027-01-05 13:00'), schedule, cityDays).opensAt).toEqual(at('2027-01-07 08:00'));
    const own = {
      ...schedule,
      exceptions: { '2026-11-23': [['10:00', '11:00']] } satisfies typeof schedule.exceptions,
    };
    expect(openingAt(at('2026-11-23 10:00'), own, cityDays).until).toEqual(at('2026-11-23 11:00'));
  });

  it('a span past midnight belongs to the day it begins on, over weekends, holidays and both clock changes', () => {
    const night = readSchedule({ week: { friday: [['22:00', '02:00']], saturday: [['22:00', '02:00']] } });
    const open = (wall: string) => openingAt(at(wall), night).open;
    expect(['21:59', '22:00', '23:30', '23:59'].map((t) => open(`2026-11-27 ${t}`))).toEqual([false, true, true, true]);
    expect(['00:00', '00:30', '01:00', '01:59', '02:00'].map((t) => open(`2026-11-28 ${t}`))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(open('2026-06-19 23:00')).toBe(false); // Midsummer Eve, a Friday
    expect(open('2026-06-20 23:00')).toBe(false); // Midsummer Day, a Saturday
    const hoursOpen = (wall: string) => {
      const { since, until } = openingAt(at(wall), night);
      return ((until?.getTime() ?? 0) - (since?.getTime() ?? 0)) / 3_600_000;
    };
    expect(hoursOpen('2026-10-31 00:30')).toBe(4); // Friday's shift runs into All Saints' Day, which has no hours
    expect(hoursOpen('2026-10-24 23:30')).toBe(5); // the clock shows 02:00 twice
    expect(hoursOpen('2027-03-27 23:30')).toBe(4); // 02:00 is 03:00
  });

  it('spans that touch are one: open round the clock is open through midnight', () => {
    const day: [string, string][] = [
      ['00:00', '12:00'],
      ['12:00', '24:00'],
    ];
    const always = readSchedule({ week: { monday: day, tuesday: day, wednesday: day } });
    expect(openingAt(at('2026-11-24 12:00'), always)).toEqual({
      open: true,
      opensAt: null,
      since: at('2026-11-23 00:00'),
      until: at('2026-11-26 00:00'),
    });
  });

  it("holidays are the library's Swedish calendar (date-holidays); `node test/bot/words/write-holidays.ts` writes it anew", () => {
    const written: Record<string, string[]> = JSON.parse(readFileSync(HOLIDAY_FILE, 'utf8'));
    expect(written).toEqual(libraryHolidays(2025, 2060));
    expect(written['2026']).toEqual(expect.arrayContaining(['04-03', '04-06', '05-14', '06-19', '12-24']));
    expect(written['2038']).toEqual(expect.arrayContaining(['04-23', '04-26', '06-03', '06-25']));
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
