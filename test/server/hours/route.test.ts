import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSchedule, type Schedule } from '../../../src/bot/words/schedule.ts';
import { stockholmInstant } from '../../../src/bot/words/stockholm-time.ts';
import { CITY_POOL, momentOf } from '../../../src/server/hours/route.ts';

const at = (wall: string) =>
  stockholmInstant(wall.slice(0, 10), Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14)));
const weekdays = (from: string, to: string) =>
  Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [[from, to]]]));
const DAY = readSchedule({ week: weekdays('08:00', '16:30') });
const EVENING = readSchedule({ week: weekdays('17:00', '01:00'), holidays: [['12:00', '20:00']] });
const city = (jarva: Schedule | null, pool: Schedule | null) =>
  new Map([
    ['jarva', jarva],
    [CITY_POOL, pool],
  ]);

test.each([
  ['2026-11-23 10:00', 'jarva', true, null],
  ['2026-11-23 16:30', 'jarva', false, '2026-11-23 17:00'],
  ['2026-11-23 17:00', CITY_POOL, true, null],
  ['2026-11-23 23:30', CITY_POOL, true, null],
  ['2026-11-24 00:59', CITY_POOL, true, null],
  ['2026-11-24 01:00', 'jarva', false, '2026-11-24 08:00'],
  ['2026-06-19 12:00', CITY_POOL, true, null],
  ['2026-06-19 20:00', 'jarva', false, '2026-06-20 12:00'],
  ['2026-06-21 12:00', 'jarva', false, '2026-06-22 08:00'],
])('at %s one from Järva is with %s, open %s, opens %s', (wall, district, open, opensAt) => {
  const { opening, ...route } = momentOf(at(wall), city(DAY, EVENING)).route('jarva');
  expect(route.district).toBe(district);
  expect(opening).toEqual({ open, opensAt: opensAt && at(opensAt) });
});

test('a district that has said no hours is closed and nobody is promised a time; the pool still answers for it (F52)', () => {
  expect(momentOf(at('2026-11-23 10:00'), city(null, null)).route('jarva').opening).toEqual({
    open: false,
    opensAt: null,
  });
  expect(momentOf(at('2026-11-23 18:00'), city(null, EVENING)).route('jarva')).toMatchObject({
    district: CITY_POOL,
    opening: { open: true },
  });
  expect(momentOf(at('2026-11-23 10:00'), new Map()).route('nowhere').opening.open).toBe(false);
});

test("the City's half day closes every district early; the pool keeps its own hours", () => {
  const pool = EVENING && { ...EVENING, cityDays: { '2027-01-05': [['08:00', '12:00'] as [string, string]] } };
  const route = (wall: string) => momentOf(at(wall), city(DAY, pool)).route('jarva');
  expect([route('2027-01-05 11:59').opening.open, route('2027-01-05 12:00').opening.open]).toEqual([true, false]);
  expect(route('2027-01-05 17:30').district).toBe(CITY_POOL);
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
const span = fc.tuple(clock, fc.oneof(clock, fc.constant('24:00'))).filter(([a, b]) => a !== b);
const spans = fc.array(span, { maxLength: 3 });
const days = fc.constantFrom(
  '2026-03-28',
  '2026-03-29',
  '2026-10-24',
  '2026-10-25',
  '2027-03-27',
  '2027-03-28',
  '2027-10-30',
  '2027-10-31',
  '2026-06-19',
  '2026-12-24',
);
const schedule = fc
  .record({
    week: fc.dictionary(fc.constantFrom('monday', 'wednesday', 'friday', 'saturday', 'sunday'), spans),
    holidays: spans,
    exceptions: fc.dictionary(days, spans),
    cityDays: fc.dictionary(days, spans),
  })
  .map((raw) => readSchedule(raw));
const nights = days.chain((day) =>
  fc.integer({ min: -1_440, max: 2_880 }).map((minute) => stockholmInstant(day, minute)),
);
const anyTime = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });

test('whoever is told that it is open waits in the queue of people who are there, and nobody else is [B18]', () => {
  fc.assert(
    fc.property(fc.option(schedule), fc.option(schedule), fc.oneof(nights, anyTime), (jarva, pool, now) => {
      const moment = momentOf(now, city(jarva, pool));
      for (const home of ['jarva', CITY_POOL]) {
        const { district, opening } = moment.route(home);
        expect(opening.open).toBe(moment.own(district).open);
        if (!opening.open) expect([moment.own(home).open, moment.own(CITY_POOL).open]).toEqual([false, false]);
      }
    }),
    { numRuns: 1_500 },
  );
});

test('the time that is promised is kept: it is closed until then and open from then', () => {
  fc.assert(
    fc.property(fc.option(schedule), fc.option(schedule), fc.oneof(nights, anyTime), (jarva, pool, now) => {
      const open = (ms: number) => momentOf(new Date(ms), city(jarva, pool)).route('jarva').opening.open;
      const { opening } = momentOf(now, city(jarva, pool)).route('jarva');
      if (opening.open || !opening.opensAt) return;
      const promised = opening.opensAt.getTime();
      expect(promised).toBeGreaterThan(now.getTime());
      expect(open(promised)).toBe(true);
      for (const share of [0.25, 0.5, 0.75])
        expect(open(now.getTime() + (promised - now.getTime()) * share)).toBe(false);
      expect(open(promised - 1)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('who is there is there from the first to the last minute of the span that is shown', () => {
  fc.assert(
    fc.property(schedule, fc.oneof(nights, anyTime), (jarva, now) => {
      const own = (ms: number) => momentOf(new Date(ms), city(jarva, null)).own('jarva').open;
      const { open, since, until } = momentOf(now, city(jarva, null)).own('jarva');
      if (!open || !since || !until) return;
      expect(since <= now && now < until).toBe(true);
      expect([own(since.getTime()), own(until.getTime() - 1)]).toEqual([true, true]);
    }),
    { numRuns: 500 },
  );
});

test('what is remembered from one moment to the next changes nothing', () => {
  fc.assert(
    fc.property(
      fc.option(schedule),
      fc.option(schedule),
      fc.array(fc.oneof(nights, anyTime), { maxLength: 6 }),
      (jarva, pool, times) => {
        const known = new Map();
        for (const now of times.flatMap((t) => [t, new Date(t.getTime() + 1_800_000)])) {
          const { opening, district } = momentOf(now, city(jarva, pool), known).route('jarva');
          expect({ opening, district }).toMatchObject(
            (({ opening, district }) => ({ opening, district }))(momentOf(now, city(jarva, pool)).route('jarva')),
          );
        }
      },
    ),
    { numRuns: 200 },
  );
});
