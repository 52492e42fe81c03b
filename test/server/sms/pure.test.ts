import { describe, expect, test } from 'vitest';
import { plainForSms } from '../../../src/bot/words/gsm.ts';
import { classifyCode, errorOfStatus } from '../../../src/server/channels/sms/classify-code.ts';
import { normaliseNumber } from '../../../src/server/channels/sms/normalise-number.ts';
import { steerOf } from '../../../src/server/channels/sms/simulator/steer.ts';

describe('numbers', () => {
  test.each(['+46 (0)70 174 06 05', '0046 70-174 06 05', '070 174 06 05', '0701740605', '46701740605', '+46701740605'])(
    '%s is the same Swedish number',
    (raw) => expect(normaliseNumber(raw)).toBe('+46701740605'),
  );
  test.each(['+252611234567', '+14158675310', '+4670000000'])('%s is accepted as it is', (raw) =>
    expect(normaliseNumber(raw)).toBe(raw),
  );
  test.each([
    'Telia',
    '71234',
    '112',
    '+46 939 123 45',
    'whatsapp:+46701740605',
    '',
    '+461',
    '+46+46701740605',
    '1'.repeat(50),
  ])('nobody is answered at "%s"', (raw) => expect(normaliseNumber(raw)).toBeNull());
});

describe('typography', () => {
  test('is folded when the text then fits GSM-7', () =>
    expect(plainForSms('Hej – “så här” säger man… 5\u00a0kr, det’s €')).toBe(
      'Hej - "så här" säger man... 5 kr, det\'s €',
    ));
  test.each(['سلام “دوست”', 'Cześć – tu', 'bra 👍 “ok”', 'ሰላም…'])(
    'is left alone when it needs UCS-2 anyway: %s',
    (text) => expect(plainForSms(text)).toBe(text),
  );
});

test.each([
  ['21610', 'refused'],
  ['21211', 'permanent'],
  ['21614', 'permanent'],
  ['21612', 'permanent'],
  ['21635', 'permanent'],
  ['30005', 'permanent'],
  ['30006', 'permanent'],
  ['30003', 'temporary'],
  ['30008', 'temporary'],
])('code %s is %s', (code, kind) => expect(classifyCode(code)).toBe(kind));

test.each([
  [400, 'permanent'],
  [401, 'temporary'],
  [403, 'temporary'],
  [408, 'unknown'],
  [422, 'permanent'],
  [429, 'temporary'],
  [500, 'temporary'],
  [503, 'temporary'],
  [504, 'unknown'],
  [302, 'temporary'],
])('HTTP %i without a code is %s', (status, kind) => expect(errorOfStatus(status).kind).toBe(kind));

describe('the simulator', () => {
  test.each([
    ['hej', null, null, 0],
    ['svara ERROR 21610 tack', 'refused', null, 0],
    ['error 21211', 'permanent', null, 0],
    ['error 503', 'temporary', null, 0],
    ['error lost', 'unknown', null, 0],
    ['error 30003 delay 5s', null, '30003', 5_000],
    ['undelivered', null, 'undelivered', 0],
    ['jag är lost, terror 90000', null, null, 0],
  ])('reads "%s"', (text, thrown, failsWith, delayMs) => {
    const steer = steerOf(text);
    expect([steer.thrown?.kind ?? null, steer.failsWith, steer.delayMs]).toEqual([thrown, failsWith, delayMs]);
  });
});
