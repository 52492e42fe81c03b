import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForGsm, plainForSms, smsSize } from '../../../src/bot/words/gsm.ts';
import { fitsSms, smsLimits } from '../../../src/bot/words/languages.ts';

describe('text message size', () => {
  it.each([
    ['åäöÅÄÖé', 'gsm7', 7, 1],
    ['€', 'gsm7', 2, 1],
    ['”', 'ucs2', 1, 1],
    ['👍', 'ucs2', 2, 1],
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['ş'.repeat(70), 'ucs2', 70, 1],
    ['ş'.repeat(71), 'ucs2', 71, 2],
    ['ş'.repeat(134), 'ucs2', 134, 2],
    ['ş'.repeat(135), 'ucs2', 135, 3],
  ])('of %j is counted as operators do', (text, encoding, units, parts) => {
    expect(smsSize(text)).toEqual({ encoding, units, parts });
  });

  it('an extension sign or an emoji is never split over two parts', () => {
    expect(smsSize(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual({ encoding: 'gsm7', units: 306, parts: 3 });
    expect(smsSize(`${'ş'.repeat(66)}👍${'ş'.repeat(66)}`).parts).toBe(3);
  });

  it('typographic signs are folded so that they do not halve a message', () => {
    const folded = foldForGsm('”Hej” – vi är här… don’t\u00a0go');
    expect(folded).toBe('"Hej" - vi är här... don\'t go');
    expect(smsSize(folded).encoding).toBe('gsm7');
    expect(foldForGsm('سلام 👍')).toBe('سلام 👍');
  });

  it('whether a text fits is told as it is counted when it is sent, and a long one is not counted at all', () => {
    const signs = fc.constantFrom('a', 'å', '€', '…', '\u200b', 'ş', '👍', 'e\u0301');
    const texts = fc.array(signs, { minLength: 40, maxLength: 330 }).map((all) => all.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const { encoding, units } = smsSize(plainForSms(text));
        expect(fitsSms(text)).toBe(units <= smsLimits[encoding]);
      }),
      { numRuns: 200 },
    );
    for (const [text, fits] of [
      ['a'.repeat(306), true],
      ['a'.repeat(307), false],
      ['…'.repeat(102), true],
      ['…'.repeat(103), false],
      ['ş'.repeat(134), true],
      ['ş'.repeat(135), false],
    ] as const)
      expect([text, fitsSms(text)]).toEqual([text, fits]);
  });
});
