import { describe, expect, test } from 'vitest';
import { type Colleague, dueSteps, heightOf, recipientsOf, STEPS } from '../../../src/server/jobs/ladder.ts';

const now = new Date('2026-11-23T10:00:00Z');
const colleague = (id: string, more: Partial<Colleague>): Colleague => ({
  id,
  role: 'worker',
  districts: ['jarva'],
  alerts: 'all',
  onDutyUntil: new Date('2026-11-23T16:00:00Z'),
  ...more,
});
const STAFF = [
  colleague('all', {}),
  colleague('red', { alerts: 'red' }),
  colleague('none', { alerts: 'none' }),
  colleague('off', { onDutyUntil: null }),
  colleague('gone-home', { onDutyUntil: now }),
  colleague('farsta', { districts: ['farsta'] }),
  colleague('pool', { districts: ['staden'] }),
  colleague('pool-red', { districts: ['staden'], alerts: 'red' }),
  colleague('pool-off', { districts: ['staden'], onDutyUntil: null }),
  colleague('lead', { role: 'coordinator' }),
  colleague('city-lead', { role: 'coordinator', districts: ['staden'] }),
  colleague('farsta-lead', { role: 'coordinator', districts: ['farsta'] }),
  colleague('lead-off', { role: 'coordinator', onDutyUntil: null }),
  colleague('editor', { role: 'editor' }),
];

describe('who is alerted', () => {
  test.each([
    ['district', 'jarva', 'red', ['all', 'red']],
    ['district', 'jarva', 'amber', ['all']],
    ['district', 'staden', 'red', ['pool', 'pool-red']],
    ['second-line', 'jarva', 'red', ['pool', 'pool-red']],
    ['second-line', 'jarva', 'green', ['pool']],
    ['coordinators', 'jarva', 'red', ['lead', 'city-lead']],
    ['coordinators', 'farsta', 'green', ['city-lead', 'farsta-lead']],
    ['visitor', 'jarva', 'red', []],
  ] as const)('%s, %s, %s: those on duty who chose it (F35)', (step, district, urgency, ids) => {
    expect(recipientsOf(step, { district, urgency }, STAFF, now)).toEqual(ids);
  });
});

describe('which steps are due', () => {
  const ladders = { red: [2, 5, 6], amber: [15, 30, 45], green: [45, 90, 120] } as const;
  test.each([
    ['red', 0, 0, ['district']],
    ['red', heightOf('red', 1), 1.99, []],
    ['red', heightOf('red', 1), 2, ['second-line']],
    ['red', heightOf('red', 2), 5, ['coordinators']],
    ['red', heightOf('red', 3), 6, ['visitor']],
    ['red', heightOf('red', 4), 600, []],
    ['red', 0, 600, [...STEPS]],
    ['amber', heightOf('amber', 1), 14, []],
    ['amber', heightOf('amber', 1), 15, ['second-line']],
    ['green', heightOf('green', 2), 90, ['coordinators']],
  ] as const)('%s, taken %d, after %d min: %j', (urgency, taken, minutes, steps) => {
    expect(dueSteps(ladders, urgency, taken, minutes * 60_000)).toEqual(steps);
  });
  test('a risk that is raised at the top of a lower ladder climbs anew; one that is lower is never above it', () => {
    expect(dueSteps(ladders, 'red', heightOf('green', 4), 125 * 60_000)).toEqual([...STEPS]);
    expect(heightOf('green', 4)).toBeLessThan(heightOf('amber', 1));
    expect(heightOf('amber', 4)).toBeLessThan(heightOf('red', 1));
  });
});
