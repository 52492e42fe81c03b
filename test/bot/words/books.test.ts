import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TRANSLATED } from '../../../src/bot/words/languages.ts';

const folder = new URL('../../../src/bot/words/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** Every text of a book by its path, with the references and values it holds, in order of name. */
function texts(value: unknown, path = ''): Map<string, { text: string; holds: string }> {
  const found = new Map<string, { text: string; holds: string }>();
  if (typeof value === 'string') {
    const holds = [...value.matchAll(/\{[^}]+\}/g)].map(([reference]) => reference).sort();
    found.set(path, { text: value, holds: holds.join(' ') });
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      for (const [p, t] of texts(inner, `${path}/${key}`)) found.set(p, t);
  return found;
}
const body = (name: string) =>
  new Map([...texts(read(name))].filter(([path]) => /^\/(phrases|head|short|alarmed|families)\//.test(path)));

describe.each(TRANSLATED)('the fixed words in %s', (tag) => {
  test.each(['phrases', 'danger'])(
    '%s: every text is there, marked as a draft until approved, with the same references',
    (kind) => {
      expect(readdirSync(folder)).toContain(`${kind}.${tag}.json`);
      const [original, translated] = [body(`${kind}.en.json`), body(`${kind}.${tag}.json`)];
      const web = [...original].filter(([path]) => !path.endsWith('/sms'));
      expect(web.map(([path]) => path).filter((path) => !translated.has(path))).toEqual([]);
      const differing = web.filter(([path, { holds }]) => translated.get(path)?.holds !== holds).map(([path]) => path);
      expect(differing).toEqual([]);
      expect(read(`${kind}.${tag}.json`)).toMatchObject({
        language: tag,
        status: expect.stringMatching(/^(draft|approved)$/),
      });
    },
  );

  test('no number stands in a text by itself but the age of 18', () => {
    for (const kind of ['phrases', 'danger'])
      for (const [path, { text }] of body(`${kind}.${tag}.json`))
        expect([
          path,
          text
            .replaceAll(/\{[^}]+\}/g, '')
            .match(/\d+/g)
            ?.filter((n) => n !== '18') ?? [],
        ]).toEqual([path, []]);
  });
});
