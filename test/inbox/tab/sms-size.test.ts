import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smsSize as size } from '../../../src/bot/words/gsm.ts';
import { smsSize } from '../../../src/inbox/tab/sms-size.ts';

/** As a text is sent: composed when that keeps it in GSM-7, else as it stands. */
const sizeOfServer = (text: string) => {
  const composed = size(text.normalize('NFC'));
  return composed.encoding === 'gsm7' ? composed : size(text);
};

it('every sign is weighed as the server weighs it', () => {
  for (let code = 1; code < 0x3000; code += 1) {
    const sign = String.fromCharCode(code);
    const { encoding, units } = sizeOfServer(sign);
    const whole = encoding === 'gsm7' ? 160 : 70;
    expect([code, smsSize(sign, {})]).toEqual([code, { parts: 1, left: whole - units }]);
  }
});

it('a reply is counted in as many parts as the server makes of it, whatever stands at an edge', () => {
  const signs = fc.constantFrom('a', 'å', '€', '{', ' ', '\n', 'ş', '👍', '😀', 'ا');
  const run = fc.tuple(signs, fc.integer({ min: 1, max: 200 })).map(([sign, times]) => sign.repeat(times));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 8 }), (runs) => {
      const text = runs.join('').trim();
      expect(smsSize(text, {}).parts).toBe(sizeOfServer(text).parts);
    }),
    { numRuns: 300 },
  );
});

it('what the server folds is folded first, and only if all of it then fits', () => {
  expect(smsSize('”hej”', { '”': '"' })).toEqual({ parts: 1, left: 155 });
  expect(smsSize('”ş”', { '”': '"' })).toEqual({ parts: 1, left: 67 });
  expect(smsSize('', {})).toEqual({ parts: 1, left: 160 });
});
