import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DIST } from '../../src/server/build.ts';

test('the tab is built for people, not for developers, although a test run has built it', () => {
  const assets = path.join(DIST, 'tab', 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const code = scripts.map((name) => readFileSync(path.join(assets, name), 'utf8')).join('\n');
  expect(code).toContain('Minified React error #');
  expect(code).not.toContain('Each child in a list should have a unique');
});
