import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SOURCES } from '../../src/server/build.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const code = sourceFiles(root, 'src', 'db');
const tests = sourceFiles(root, 'test');
const inside = (room: string) => code.filter((f) => f.path.startsWith(room));

/** Files of the room that import something they must not know. */
const offenders = (files: SourceFile[], forbidden: (imported: string) => boolean): string[] =>
  files.flatMap((f) => f.imports.filter(forbidden).map((i) => `${f.path} -> ${i}`));
const starts =
  (...prefixes: string[]) =>
  (name: string) =>
    prefixes.some((p) => name === p || name.startsWith(p));

test('the bot and the inbox never meet', () => {
  expect(offenders(inside('src/bot/'), starts('src/inbox/'))).toEqual([]);
  expect(offenders(inside('src/inbox/'), starts('src/bot/'))).toEqual([]);
});

test('the bot knows no database, no server, no environment and no clock', () => {
  const bot = inside('src/bot/').filter((f) => !f.path.startsWith('src/bot/widget/'));
  expect(offenders(bot, starts('db/', 'src/server/', 'hono', 'drizzle-orm', 'postgres', '@hono/'))).toEqual([]);
  const impure = bot
    .filter((f) => /process\.env|Date\.now\(|new Date\(\)|Math\.random\(/.test(f.text))
    .map((f) => f.path);
  expect(impure).toEqual([]);
});

test('the inbox knows no server; its tab and the widget see only the wire of their side', () => {
  expect(offenders(inside('src/inbox/'), starts('src/server/', 'hono'))).toEqual([]);
  const outsideOf = (room: string, wire: string) => (name: string) =>
    /^(src|db)\//.test(name) && !name.startsWith(room) && name !== wire;
  expect(offenders(inside('src/inbox/tab/'), outsideOf('src/inbox/tab/', 'src/inbox/wire.ts'))).toEqual([]);
  expect(offenders(inside('src/bot/widget/'), outsideOf('src/bot/widget/', 'src/bot/wire.ts'))).toEqual([]);
});

test('channels never import each other', () => {
  const channels = ['webchat', 'sms', 'teams'].map((c) => `src/server/channels/${c}/`);
  for (const mine of channels)
    expect(offenders(inside(mine), starts(...channels.filter((c) => c !== mine)))).toEqual([]);
});

test('nobody imports app, deps or main, and the database knows nobody', () => {
  const top = ['src/server/app.ts', 'src/server/deps.ts', 'src/server/main.ts'];
  const others = code.filter((f) => !top.includes(f.path));
  expect(offenders(others, starts(...top))).toEqual([]);
  expect(offenders(inside('db/'), starts('src/'))).toEqual([]);
});

test('the Bot Framework SDK is touched in three files', () => {
  const sdk = starts('botbuilder', 'botframework-connector', 'botframework-schema');
  const files = code.filter((f) => f.imports.some(sdk)).map((f) => f.path);
  expect(files.sort()).toEqual([
    'src/bot/handler.ts',
    'src/server/channels/teams/adapter.ts',
    'src/server/turn/adapter.ts',
  ]);
});

test('there is no drawer for odds and ends', () => {
  const drawer = /(^|\/)(utils?|lib|shared|common|types|helpers?)(\/|\.tsx?$)/;
  expect([...code, ...tests].map((f) => f.path).filter((p) => drawer.test(p))).toEqual([]);
});

test('files stay small: median at most 70 lines, nine of ten at most 200, none above 300 (tests 400)', () => {
  const sizes = code.map((f) => f.lines).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)] ?? 0;
  expect(at(0.5)).toBeLessThanOrEqual(70);
  expect(at(0.9)).toBeLessThanOrEqual(200);
  expect(code.filter((f) => f.lines > 300).map((f) => `${f.path} ${f.lines}`)).toEqual([]);
  expect(tests.filter((f) => f.lines > 400).map((f) => `${f.path} ${f.lines}`)).toEqual([]);
});

test('every route goes through the door', () => {
  const around = code.filter(
    (f) =>
      f.path.startsWith('src/server/') &&
      f.path !== 'src/server/auth/door.ts' &&
      /\bapp\s*\.\s*(get|post|put|delete|all|on|route)\s*\(/.test(f.text),
  );
  expect(around.map((f) => f.path)).toEqual([]);
});

test('no import cycles', () => {
  const graph = new Map(
    code.map((f) => [f.path, f.imports.filter((i) => i.startsWith('src/') || i.startsWith('db/'))]),
  );
  expect(findCycle(graph)).toBeNull();
});

test('whatever the browser bundles are made of makes them stale when it changes', () => {
  const counted = (name: string) => SOURCES.some((source) => name === source || name.startsWith(`${source}/`));
  const ours = [...inside('src/inbox/tab/'), ...inside('src/bot/widget/')];
  for (const file of ours)
    ours.push(...code.filter((f) => valuesIn(file).includes(f.path) && !ours.some(({ path }) => path === f.path)));
  expect(ours.map((f) => f.path).filter((name) => !counted(name))).toEqual([]);
});

/** What a file imports that is more than a type. */
const valuesIn = (file: SourceFile): string[] =>
  file.imports.filter((name) => !new RegExp(`^import type [^;]*/${path.basename(name)}';`, 'm').test(file.text));

test('every path the README names exists, and every command it names is a script', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const scripts = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts);
  const named = [...readme.matchAll(/`((?:src|db|test)\/[\w./-]+)`/g)].map((m) => m[1] ?? '');
  const known = new Set(sourceFiles(root, 'src', 'db', 'test').flatMap((f) => parents(f.path)));
  const missing = named.map((n) => n.replace(/\/$/, '')).filter((n) => !known.has(n) && !existsAny(n));
  expect(missing).toEqual([]);
  const commands = [...readme.matchAll(/npm run ([\w:]+)/g)].map((m) => m[1] ?? '');
  expect(commands.filter((c) => !scripts.includes(c))).toEqual([]);
});

function existsAny(name: string): boolean {
  try {
    readFileSync(path.join(root, name));
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EISDIR';
  }
}

const parents = (file: string): string[] => file.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'));

function findCycle(graph: Map<string, string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (node: string, trail: string[]): string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return null;
}
