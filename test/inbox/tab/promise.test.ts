import { describe, expect, it, test } from 'vitest';
import { promiseIn } from '../../../src/inbox/tab/promise.ts';
import { instantOf, wallOf } from '../../../src/inbox/tab/stockholm.ts';

/** A Sunday, 14:05 in Stockholm. */
const SUNDAY = '2026-11-22T13:05:00Z';
const local = (at: Date | undefined) => {
  if (!at) return null;
  const { date, minute } = wallOf(at);
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
};
const due = (text: string, now = SUNDAY) => local(promiseIn(text, new Date(now))?.dueAt);

describe('a time that is promised becomes a moment in Stockholm', () => {
  test.each([
    ['Vi hör av oss i morgon före 10.', '2026-11-23 10:00'],
    ['Vi hör av oss imorgon innan kl. 10.30', '2026-11-23 10:30'],
    ['Jag ringer dig i morgon klockan tio', '2026-11-23 10:00'],
    ['Jag ringer i morgon halv nio', '2026-11-23 08:30'],
    ['Jag ringer i morgon kl halv nio', '2026-11-23 08:30'],
    ['Jag återkommer i morgon.', '2026-11-23 15:00'],
    ['I morgon ringer jag dig före lunch.', '2026-11-23 12:00'],
    ['Vi ses i övermorgon kl 14', '2026-11-24 14:00'],
    ['Jag skriver till dig på måndag', '2026-11-23 15:00'],
    ['Vi hörs på söndag kl 13', '2026-11-29 13:00'],
    ['Jag ringer nästa torsdag på eftermiddagen', '2026-11-26 17:00'],
    ['Vi återkommer nästa vecka', '2026-11-27 12:00'],
    ['Jag svarar inom en timme', '2026-11-22 15:05'],
    ['Jag ringer om en halvtimme', '2026-11-22 14:35'],
    ['Vi hör av oss inom 20 minuter', '2026-11-22 14:25'],
    ['Jag kommer att återkomma om ett par timmar', '2026-11-22 16:05'],
    ['Vi kontaktar dig inom tre dagar', '2026-11-25 15:00'],
    ['Jag ringer i kväll vid 8', '2026-11-22 20:00'],
    ['Jag hör av mig idag före 16', '2026-11-22 16:00'],
    ['Jag hör av mig före 16', '2026-11-22 16:00'],
    ['Jag hör av mig före 12', '2026-11-23 12:00'],
    ['Jag ringer dig den 3 december kl. 9', '2026-12-03 09:00'],
    ['Jag ringer dig den 3:e januari', '2027-01-03 15:00'],
    ['Vi ses 30/11 kl 15:15', '2026-11-30 15:15'],
    ['Vad bra. Jag ska kolla med min kollega. Vi hör av oss i morgon före tio.', '2026-11-23 10:00'],
    ['I’ll call you tomorrow', '2026-11-23 15:00'],
    ["I'll call you tomorrow at 3", '2026-11-23 15:00'],
    ['We will be in touch tomorrow before 10', '2026-11-23 10:00'],
    ['I will get back to you within an hour', '2026-11-22 15:05'],
    ["We'll write to you on Monday by 9 am", '2026-11-23 09:00'],
    ["I'll text you tonight at 9", '2026-11-22 21:00'],
    ['I can call you next Wednesday at 2.30 pm', '2026-11-25 14:30'],
    ['You will hear from us in two days', '2026-11-24 15:00'],
    ["I'll come back to you on December 3 before lunch", '2026-12-03 12:00'],
    ['We will contact you half an hour from now or in half an hour', '2026-11-22 14:35'],
  ])('%s', (text, expected) => expect(due(text)).toBe(expected));
});

it.each([
  'Ring 112 nu om det är fara.',
  'Kan du ringa i morgon före 10?',
  'Ska jag ringa dig i morgon kl 10?',
  'Jag kan inte ringa i morgon.',
  'Mötet är på måndag klockan 10.',
  'Jag ringer dig.',
  'Du är 17 år. Jag skriver gärna mer.',
  'Vi ses 45/13',
  'I never call before 10 tomorrow.',
  'The school opens on Monday at 9.',
  '',
])('no promise: %s', (text) => expect(due(text)).toBeNull());

describe('across the clock changes (F52)', () => {
  test('in spring tomorrow at ten is an hour nearer, and within an hour is still an hour', () => {
    const now = new Date('2026-03-28T12:00:00Z');
    expect(promiseIn('Vi hör av oss i morgon före 10', now)?.dueAt.toISOString()).toBe('2026-03-29T08:00:00.000Z');
    const night = new Date('2026-03-29T00:30:00Z');
    expect(promiseIn('Jag ringer inom två timmar', night)?.dueAt.toISOString()).toBe('2026-03-29T02:30:00.000Z');
    expect(wallOf(instantOf('2026-03-29', 150)).minute).toBe(210);
  });
  test('in autumn tomorrow at ten is an hour further, and the doubled hour is one of the two', () => {
    const now = new Date('2026-10-24T12:00:00Z');
    expect(promiseIn('Vi hör av oss i morgon före 10', now)?.dueAt.toISOString()).toBe('2026-10-25T09:00:00.000Z');
    expect(wallOf(instantOf('2026-10-25', 150))).toMatchObject({ date: '2026-10-25', minute: 150 });
    expect(promiseIn('I will call you on Monday at 9', now)?.dueAt.toISOString()).toBe('2026-10-26T08:00:00.000Z');
  });
  test('late in the evening tomorrow is the day after in Stockholm, not in Greenwich', () => {
    expect(due('Jag ringer i morgon kl 10', '2026-07-01T22:30:00Z')).toBe('2026-07-03 10:00');
  });
});

it('what was said is the sentence, not the whole text', () => {
  const text = 'Tack för att du berättar. Jag ringer dig i morgon före 10. Ta hand om dig.';
  expect(promiseIn(text, new Date(SUNDAY))?.said).toBe('Jag ringer dig i morgon före 10.');
});
