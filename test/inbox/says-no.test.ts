import { expect, it } from 'vitest';
import { saysNo } from '../../src/inbox/queue/says-no.ts';

it.each([
  'nej',
  'Nej, inte det',
  'NO',
  'no thanks',
  'لا',
  'نه',
  'نا',
  'ei',
  'nie chcę',
  'нет',
  'maya',
  'hayır',
  'ኣይፋልን',
])('a no to being handed over is heard: %s', (text) => expect(saysNo([text])).toBe(true));

it.each(['nejden', 'okej', 'ja', 'now', 'nothing', 'einmal', 'jag vet inte', 'نهار', ''])('no no: %s', (text) =>
  expect(saysNo([text])).toBe(false),
);

it('a no among several lines is enough, and none is none', () => {
  expect(saysNo(['hm', 'nej'])).toBe(true);
  expect(saysNo([])).toBe(false);
});
