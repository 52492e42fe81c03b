import { expect, it } from 'vitest';
import { RISK_KINDS } from '../../../src/bot/outcome.ts';
import { agoText, clockTime } from '../../../src/inbox/tab/ago.tsx';
import { conversationId } from '../../../src/inbox/tab/conversation-id.ts';
import { languageName, reasonText, textFor } from '../../../src/inbox/tab/text.ts';
import { topicTitle } from '../../../src/inbox/tab/topic-title.ts';
import { worstFirst } from '../../../src/inbox/tab/worst-first.ts';

const sv = textFor('sv-SE');
const en = textFor('en-GB');
const NOW = Date.parse('2026-11-22T13:05:00Z');

it('says how long ago in words', () => {
  const ago = (iso: string) => agoText(iso, sv, NOW);
  expect(ago('2026-11-22T13:04:30Z')).toBe('nyss');
  expect(ago('2026-11-22T13:09:00Z')).toBe('nyss');
  expect(ago('2026-11-22T12:53:00Z')).toBe('12 min');
  expect(ago('2026-11-22T11:00:00Z')).toBe('2 h 5 min');
  expect(ago('2026-11-20T11:00:00Z')).toBe('2 dygn');
});

it('tells the clock of Stockholm, in winter and summer, and the day when it is another', () => {
  expect(clockTime('2026-11-22T13:02:00Z', sv, NOW)).toBe('14:02');
  expect(clockTime('2026-07-01T13:02:00Z', sv, NOW)).toMatch(/1 juli.* 15:02/);
});

it('every kind of risk has plain words in both languages', () => {
  for (const kind of RISK_KINDS) {
    for (const text of [sv, en]) expect(reasonText(kind, text)).not.toBe(text.otherReason(kind));
  }
  expect(reasonText('toString', sv)).toBe('Annat skäl (toString)');
});

it('what a provider says of a text is said in plain words in both languages', () => {
  const twilio = ['30003', '30004', '30005', '30006', '30007', '30008', '21211', '21610', '21612', '21614', '21635'];
  const elks = ['failed'];
  const ours = [
    'opted-out',
    'timeout',
    'interrupted',
    'no-id',
    'unreachable',
    'http-429',
    'http-503',
    'http-401',
    'sms-off',
  ];
  for (const code of [...twilio, ...elks, ...ours])
    for (const text of [sv, en]) expect(text.deliveryError(code)).toMatch(/^\D{12,}$/);
  expect(sv.deliveryError('99999')).toBe('felkod 99999');
});

it('somebody who texts is known by a number of ours', () => {
  expect([sv.contact(27), en.contact(27)]).toEqual(['Anhörig 27', 'Relative 27']);
});

it('names languages and topics in the reader’s language', () => {
  expect(languageName('ar', sv)).toBe('arabiska');
  expect(languageName('ckb', en)).not.toBe('');
  expect(languageName('not a tag', sv)).toBe('not a tag');
  const titles = { 'gang-debt': { sv: 'Skuld, tvång och saker du förvarar', en: 'Debt' } };
  expect(topicTitle(titles, 'gang-debt', sv)).toBe('Skuld, tvång och saker du förvarar');
  expect(topicTitle(titles, 'gang-debt', en)).toBe('Debt');
  expect(topicTitle(titles, 'handing-closed', en)).toBe(null);
});

it('Swedish unless the reader’s language is plainly another', () => {
  expect(textFor('')).toBe(sv);
  expect(textFor('sv')).toBe(sv);
  expect(textFor('fi-FI')).toBe(en);
});

it('a link may only carry an id', () => {
  expect(conversationId('cnv_01-a')).toBe('cnv_01-a');
  for (const bad of [null, '', '../me', 'a/b', '<img>', 'x'.repeat(81)]) expect(conversationId(bad)).toBe(null);
});

it('a kind of risk is shown once, at its highest, the worst first', () => {
  const reasons = [
    { kind: 'distress', level: 'elevated', rule: 'a' },
    { kind: 'threatened', level: 'elevated', rule: 'b' },
    { kind: 'threatened', level: 'emergency', rule: 'c' },
  ] as const;
  expect(worstFirst([...reasons])).toEqual([
    { kind: 'threatened', level: 'emergency', rules: ['c', 'b'] },
    { kind: 'distress', level: 'elevated', rules: ['a'] },
  ]);
});
