import { expect, test } from 'vitest';
import { interleave } from './interleave.ts';
import { parseWrk } from './load/wrk.ts';
import { readArguments } from './read-arguments.ts';
import { isMet } from './report.ts';
import { percentile, ratiosOf, spreadOf } from './statistics.ts';

test('ratios are taken round by round', () => {
  expect(ratiosOf([10, 40, 90], [10, 20, 30])).toEqual({ median: 2, low: 1, high: 3 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1, high: 4 });
  expect(percentile([0, 10], 0.99)).toBeCloseTo(9.9);
});

test('the warm-up round is dropped and the order turns', async () => {
  const order: string[] = [];
  const runner = (name: string) => async (round: number) => {
    order.push(`${name}${round}`);
    return round;
  };
  expect(await interleave(2, { a: runner('a'), b: runner('b') })).toEqual({ a: [1, 2], b: [1, 2] });
  expect(order).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
});

test('a goal is met at its limit and not beyond it', () => {
  const at = (median: number) => ({ what: '', median, low: median, high: median });
  expect(isMet({ ...at(0.6), atLeast: 0.6 })).toBe(true);
  expect(isMet({ ...at(0.59), atLeast: 0.6 })).toBe(false);
  expect(isMet({ ...at(0.51), atMost: 0.5 })).toBe(false);
  expect(isMet({ ...at(Number.NaN), atLeast: 0.6 })).toBe(false);
});

test('what wrk says is read, and an answer that was not a 200 stops the run', () => {
  expect(parseWrk('Running 2s test\nUTVAG 30000 2000000 0 900 4500\n')).toMatchObject({
    perSecond: 15_000,
    p50Ms: 0.9,
    p99Ms: 4.5,
  });
  expect(() => parseWrk('UTVAG 30000 2000000 7 900 4500')).toThrow('7 requests');
  expect(() => parseWrk('unable to connect')).toThrow();
});

test('arguments that mean nothing are refused', () => {
  const known = ['http', 'turn'];
  expect(readArguments(['turn', '--rounds', '3', '--json', 'x'], known)).toEqual({
    names: ['turn'],
    rounds: 3,
    jsonFile: 'x',
    size: 'full',
  });
  expect(readArguments(['--size', 'small'], known).size).toBe('small');
  expect(() => readArguments(['--size', 'huge'], known)).toThrow('--size');
  expect(() => readArguments(['turm'], known)).toThrow('turm');
  expect(() => readArguments(['--rounds', '0'], known)).toThrow('--rounds');
});
