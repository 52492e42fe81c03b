import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { packageApp, readAppIds } from '../../../src/inbox/teams/package-app.ts';

const ENV = {
  PUBLIC_URL: 'https://utvag.example.se/',
  MicrosoftAppId: '0F2D1C55-7a0e-4d0e-9b6b-3c2f5f1b7a10',
  ENTRA_CLIENT_ID: 'c0ffee00-7a0e-4d0e-9b6b-3c2f5f1b7a10',
};
const root = fileURLToPath(new URL('../../..', import.meta.url));
const open = async () => unzipSync(await packageApp(readAppIds(ENV, '0.1.0')));
const json = (files: Record<string, Uint8Array>, name: string) =>
  JSON.parse(strFromU8(files[name] ?? new Uint8Array()));

describe('the app package', () => {
  test('holds at its root the manifest, both languages and both icons, and nothing else; the same bytes each time', async () => {
    expect(Object.keys(await open()).sort()).toEqual([
      'color.png',
      'en.json',
      'manifest.json',
      'outline.png',
      'sv.json',
    ]);
    const [one, two] = [await packageApp(readAppIds(ENV, '0.1.0')), await packageApp(readAppIds(ENV, '0.1.0'))];
    expect(Buffer.compare(one, two)).toBe(0);
  });

  test('has a personal tab, a channel tab, a bot and single sign-on by two registrations, for this address only', async () => {
    const files = await open();
    const manifest = json(files, 'manifest.json');
    const bot = '0f2d1c55-7a0e-4d0e-9b6b-3c2f5f1b7a10';
    expect(manifest).toMatchObject({
      manifestVersion: '1.25',
      version: '0.1.0',
      id: bot,
      staticTabs: [{ entityId: 'inbox', contentUrl: 'https://utvag.example.se/inbox/' }, { entityId: 'conversations' }],
      configurableTabs: [{ configurationUrl: 'https://utvag.example.se/inbox/config', scopes: ['team'] }],
      bots: [{ botId: bot }],
      validDomains: ['utvag.example.se'],
      webApplicationInfo: {
        id: ENV.ENTRA_CLIENT_ID,
        resource: `api://utvag.example.se/${ENV.ENTRA_CLIENT_ID}`,
      },
    });
    const addresses = JSON.stringify(manifest).match(/https:\/\/[^/"]+/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set(['https://utvag.example.se', 'https://developer.microsoft.com']));
  });

  test('each language says the same things, and keeps to the schema', async () => {
    const files = await open();
    const require = createRequire(import.meta.url);
    const folder = path.dirname(require.resolve('@microsoft/app-manifest'));
    const file = path.join(folder, 'json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json');
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    const patterns = Object.keys(schema.patternProperties).map((pattern) => new RegExp(pattern));
    const [sv, en] = [json(files, 'sv.json'), json(files, 'en.json')];
    for (const language of [sv, en]) {
      expect(Object.keys(language)).toEqual(expect.arrayContaining(schema.required));
      const unknown = (key: string) => !(key in schema.properties) && !patterns.some((pattern) => pattern.test(key));
      expect(Object.keys(language).filter(unknown)).toEqual([]);
      for (const [key, { maxLength }] of Object.entries<{ maxLength?: number }>(schema.properties))
        expect(String(language[key] ?? '').length).toBeLessThanOrEqual(maxLength ?? Number.POSITIVE_INFINITY);
    }
    expect(Object.keys(sv)).toEqual(Object.keys(en));
    const manifest = json(files, 'manifest.json');
    expect([sv['name.short'], en['name.short']]).toEqual(['Inkorg', 'Inbox']);
    expect(manifest.bots[0].commandLists[1].commands[2].title).toBe(sv['bots[0].commandLists[1].commands[2].title']);
  });

  test('the icons are 192 and 32 pixels; the outline is white on nothing', async () => {
    const files = await open();
    const picture = (name: string) => {
      const bytes = Buffer.from(files[name] ?? []);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      const length = bytes.readUInt32BE(33);
      const rows = inflateSync(bytes.subarray(41, 41 + length));
      const side = bytes.readUInt32BE(16);
      expect(rows).toHaveLength(side * (side * 4 + 1));
      const pixels = Array.from({ length: side * side }, (_, i) => {
        const at = Math.floor(i / side) * (side * 4 + 1) + 1 + (i % side) * 4;
        return [...rows.subarray(at, at + 4)];
      });
      return { side, pixels };
    };
    const colour = picture('color.png');
    expect(colour.side).toBe(192);
    expect(colour.pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
    const outline = picture('outline.png');
    expect(outline.side).toBe(32);
    expect(outline.pixels.every(([r, g, b]) => r === 255 && g === 255 && b === 255)).toBe(true);
    const drawn = outline.pixels.filter(([, , , alpha]) => alpha === 255).length;
    expect(drawn).toBeGreaterThan(100);
    expect(drawn).toBeLessThan(500);
  });
});

describe('what is not ready is one line that names it', () => {
  test.each([
    ['PUBLIC_URL must be set', { PUBLIC_URL: undefined }],
    ['PUBLIC_URL must be an https address', { PUBLIC_URL: 'http://utvag.example.se' }],
    ['PUBLIC_URL must be an https address', { PUBLIC_URL: 'https://localhost:3000' }],
    ['PUBLIC_URL must be an https address', { PUBLIC_URL: 'https://utvag.example.se/path' }],
    ['MicrosoftAppId must be set', { MicrosoftAppId: '' }],
    ['MicrosoftAppId must be the id of a registration', { MicrosoftAppId: 'bot' }],
    ['ENTRA_CLIENT_ID must be set', { ENTRA_CLIENT_ID: undefined }],
    ['ENTRA_CLIENT_ID must not be the bot', { ENTRA_CLIENT_ID: ENV.MicrosoftAppId.toLowerCase() }],
  ])('%s (%j)', (line, change) => {
    expect(() => readAppIds({ ...ENV, ...change }, '0.1.0')).toThrow(line);
  });

  test('the command writes the file, or says that line and nothing more', () => {
    const run = (env: Record<string, string>) =>
      execFileSync(process.execPath, ['src/inbox/teams/main.ts'], { cwd: root, env, encoding: 'utf8', stdio: 'pipe' });
    expect(run(ENV)).toMatch(/^dist\/utvag-teams\.zip: version \S+ for https:\/\/utvag\.example\.se, \d+ bytes\n$/);
    expect(Object.keys(unzipSync(readFileSync(path.join(root, 'dist/utvag-teams.zip'))))).toHaveLength(5);
    const failed = (() => {
      try {
        return run({ PUBLIC_URL: ENV.PUBLIC_URL });
      } catch (error) {
        return String(Object(error).stderr);
      }
    })();
    expect(failed).toBe('MicrosoftAppId must be set\n');
  });
});
