import { describe, expect, it } from 'vitest';
import { foldForGsm, smsSize } from '../../../src/bot/words/gsm.ts';

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
});
