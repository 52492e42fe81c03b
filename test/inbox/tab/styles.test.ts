import { readdirSync, readFileSync } from 'node:fs';
import { tokens } from '@fluentui/react-components';
import { expect, it } from 'vitest';

const TAB = new URL('../../../src/inbox/tab/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, TAB), 'utf8');
const files = readdirSync(TAB);
const sheets = files.filter((name) => name.endsWith('.css') && name !== 'page.css').map(read);
const code = files
  .filter((name) => name.endsWith('.tsx'))
  .map(read)
  .join('\n');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

const styled = new Set(sheets.flatMap((sheet) => found(sheet, /\.([a-z][\w-]*)/g)));

it('every class that is given has a style', () => {
  const given = found(code, /className=("[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\})/g)
    .flatMap((words) => found(words, /(?<=["'`\s])([a-z]+(?:-[a-z0-9]+)+)(?=["'`\s])/g))
    .filter((name) => !styled.has(name));
  expect(given).toEqual([]);
  expect(styled.size).toBeGreaterThan(100);
});

it('every style is given to something', () => {
  // Some are put together: `urgency-${risk}`.
  const made = found(code, /`([a-z-]+-)\$\{/g);
  const spare = [...styled].filter(
    (name) => !new RegExp(`\\b${name}\\b`).test(code) && !made.some((start) => name.startsWith(start)),
  );
  expect(spare).toEqual([]);
});

it('colours, sizes and distances are those of the theme', () => {
  const known = new Set<string>(Object.values(tokens));
  const used = sheets.flatMap((sheet) => found(sheet, /(var\(--\w+\))/g));
  expect(used.filter((name) => !known.has(name))).toEqual([]);
  expect(used.length).toBeGreaterThan(100);
});
