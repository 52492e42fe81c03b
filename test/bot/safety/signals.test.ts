import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signalFiles } from '../../../src/bot/safety/signals.ts';

const folder = new URL('../../../src/bot/safety/', import.meta.url);
const sources = [...readdirSync(new URL('rules/', folder)).map((name) => `rules/${name}`), 'frames.ts', 'triage.ts'];
const NAME = /'([a-z]+(?:\.[a-z]+){1,2})'/g;
const NOT_SIGNALS = /^context\.|^rule/;

describe('signals', () => {
  it('exist for every name that a rule or a frame asks for', () => {
    const known = new Set(signalFiles.flatMap((file) => Object.keys(file.signals)));
    for (const source of sources) {
      const text = readFileSync(new URL(source, folder), 'utf8')
        .replace(/^\s*id: .*$/gm, '')
        .replace(/\bid: '[^']+'/g, '');
      const names = [...text.matchAll(NAME)].map((match) => match[1] ?? '').filter((name) => !NOT_SIGNALS.test(name));
      expect(
        names.filter((name) => !known.has(name)),
        source,
      ).toEqual([]);
    }
  });
});
