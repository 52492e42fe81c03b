import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { brokenFloors, readFloors } from './floors.ts';
import { headline } from './scorecard.ts';

const floors = readFloors({
  dev: { recall: { atLeast: 0.9, goal: 0.98 }, alarms: { atMost: 0.02 }, seen: { goal: 1 } },
});

test('a figure on its floor holds, one below it or above its ceiling is one line each', () => {
  expect(brokenFloors({ dev: { recall: 0.9, alarms: 0.02, seen: 0 } }, floors)).toEqual([]);
  expect(brokenFloors({ dev: { recall: 0.8999, alarms: 0.03, seen: 0 } }, floors)).toEqual([
    'floor broken: dev, recall: 0.8999, at least 0.9 is asked',
    'floor broken: dev, alarms: 0.0300, at most 0.02 is asked',
  ]);
});

test('a figure that is no longer counted breaks its floor; a set that is not there is not judged', () => {
  expect(brokenFloors({ dev: { alarms: 0, seen: 1 } }, floors)).toEqual([
    'floor broken: dev, recall: there is no such figure',
  ]);
  expect(brokenFloors({ dev: { recall: null, alarms: 0, seen: 1 } }, floors)).toHaveLength(1);
  expect(brokenFloors({ retrieval: {} }, floors)).toEqual([]);
});

test('a misspelt bound is refused instead of holding nothing', () => {
  expect(() => readFloors({ dev: { recall: { atLest: 0.9 } } })).toThrow();
});

test('the scorecard is dated and shows what was held out beside what was worked with', () => {
  const card = headline(new Date('2026-11-22T10:00:00Z'), { dev: { recall: 0.95 }, heldout: { recall: 0.9 } }, floors);
  expect(card).toContain('on 2026-11-22');
  expect(card).toMatch(/\| recall \| ≥ 0\.98 \| 0\.9500 \| 0\.9 +\| 0\.9000/);
});

test('the written scorecard repeats no words of the sets', () => {
  const read = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  const card = read('SCORECARD.md');
  const texts = ['sets/dev.jsonl', 'sets/retrieval-dev.jsonl'].flatMap((name) =>
    [...read(name).matchAll(/"text": ?"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1] ?? ''),
  );
  expect(texts.length).toBeGreaterThan(400);
  expect(texts.filter((text) => text.length >= 12 && card.includes(text))).toEqual([]);
});
