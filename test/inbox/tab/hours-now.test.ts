import { expect, test } from 'vitest';
import { hoursText } from '../../../src/inbox/tab/hours-now.tsx';
import { likelyEnd, shiftEnds } from '../../../src/inbox/tab/shift-ends.ts';
import { textFor } from '../../../src/inbox/tab/text.ts';
import type { District } from '../../../src/inbox/wire.ts';

const NOW = Date.parse('2026-11-23T13:07:00Z');
const jarva: District = {
  slug: 'jarva',
  name: 'Järva',
  open: true,
  until: '2026-11-23T15:30:00Z',
  opensAt: null,
  pool: false,
  hours: { week: {}, holidays: [], exceptions: {}, cityDays: {} },
  mine: false,
};

test('a district is open until, closed until, answered for by the pool, or without hours, in Stockholm’s clock', () => {
  const [sv, en] = [textFor('sv'), textFor('en')];
  const closed = { ...jarva, open: false, until: null, opensAt: '2026-11-24T07:00:00Z' };
  expect(hoursText(jarva, sv, NOW)).toBe('Järva: öppet till 16:30');
  expect(hoursText(jarva, en, NOW)).toBe('Järva: open until 16:30');
  expect(hoursText(closed, sv, NOW)).toMatch(/^Järva: stängt, öppnar 24 nov\.? 08:00$/);
  expect(hoursText({ ...closed, pool: true }, en, NOW)).toMatch(/the city pool answers$/);
  expect(hoursText({ ...closed, opensAt: null, hours: null }, sv, NOW)).toBe(
    'Järva: öppettider saknas, räknas som stängt',
  );
});

test('a shift ends at a half hour, first of all when the district closes, otherwise in eight hours', () => {
  const ends = shiftEnds(NOW);
  expect([ends[0], ends.at(-1), ends.length]).toEqual(['2026-11-23T13:30:00.000Z', '2026-11-24T01:00:00.000Z', 24]);
  expect(likelyEnd(ends, '2026-11-23T15:30:00Z', NOW)).toBe('2026-11-23T15:30:00.000Z');
  expect(likelyEnd(ends, null, NOW)).toBe('2026-11-23T21:30:00.000Z');
  expect(likelyEnd(ends, '2026-11-30T15:30:00Z', NOW)).toBe('2026-11-23T21:30:00.000Z');
});
