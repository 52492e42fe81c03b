import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkAnswer, checkSms } from '../../../src/bot/knowledge/check-content.ts';
import rows from '../../../src/bot/knowledge/contacts.json' with { type: 'json' };
import { createContacts } from '../../../src/bot/knowledge/contacts.ts';
import { contentProblems } from '../../../src/bot/knowledge/content-problems.ts';
import { createLibrary } from '../../../src/bot/knowledge/library.ts';
import { lix, longestSentence } from '../../../src/bot/knowledge/reading-level.ts';
import {
  MUST_BE_TRANSLATED,
  type TranslationBook,
  type Translations,
} from '../../../src/bot/knowledge/translations.ts';
import { TRANSLATED } from '../../../src/bot/words/languages.ts';

const now = new Date('2026-11-22T12:00:00Z');
const today = { now, withdrawn: [] };
const library = createLibrary();
const none: Translations = { of: () => undefined, broken: [], all: [] };
const everyNumber = createContacts(rows.map((row) => ({ ...row, status: 'V', verifiedAt: '2026-11-01' })));

describe('approved content', () => {
  it('all 47 topics load and none is broken or overdue today', () => {
    expect(library.topics()).toHaveLength(47);
    expect(library.problems(now)).toEqual([]);
  });

  it.each(library.topics().map((topic) => [topic.id, topic] as const))(
    '%s keeps to the voice and the lengths',
    (id, topic) => {
      expect(checkAnswer(topic)).toEqual([]);
      for (const language of ['sv', 'en'])
        for (const contacts of [createContacts(), everyNumber]) {
          const shelf = createLibrary({ contacts });
          const sms = shelf.answer(id, language, 'sms', today);
          expect(checkSms(sms?.text ?? '')).toEqual([]);
          expect(checkSms(sms?.title ?? '')).toEqual([]);
          const web = shelf.answer(id, language, 'web', today)?.text ?? '';
          expect(Math.max(...web.split('\n\n').map((paragraph) => paragraph.length))).toBeLessThanOrEqual(240);
          expect(`${web}${sms?.text}${sms?.title}`).not.toMatch(/[{}[\]]| {2}|\(\)|: ?\.(?:\s|$)/);
        }
    },
  );

  it('every next step leads to a topic that exists', () => {
    const ids = new Set(library.topics().map((topic) => topic.id));
    for (const topic of library.topics()) for (const next of topic.next) expect(ids).toContain(next);
  });

  it('no text states an age of criminal responsibility, hours or figures of its own', () => {
    for (const topic of library.topics())
      for (const texts of Object.values(topic.texts)) {
        const words = `${texts.title} ${texts.text} ${texts.sms}`.replace(/\{contact:[a-z0-9-]+\}/g, '');
        expect(words.match(/\d+/g)?.filter((figure) => !allowedAges.has(`${topic.id} ${figure}`)) ?? []).toEqual([]);
      }
  });

  it('an answer past its review date is withheld and reported, the rest still answers', () => {
    const later = new Date('2027-04-01T12:00:00Z');
    expect(library.answer('leisure', 'sv', 'web', { ...today, now: new Date('2027-03-31T12:00:00Z') })).not.toBeNull();
    expect(library.answer('leisure', 'sv', 'web', { ...today, now: later })).toBeNull();
    expect(createLibrary({ translations: none }).problems(later)).toHaveLength(47);
  });

  it('a broken or withdrawn file is withheld, not a crash', () => {
    const directory = mkdtempSync(join(tmpdir(), 'answers-'));
    const leisure = library.topics().find((topic) => topic.id === 'leisure');
    writeFileSync(join(directory, 'leisure.json'), JSON.stringify(leisure));
    writeFileSync(join(directory, 'sig.json'), '{ "id": "sig", ');
    writeFileSync(join(directory, 'lvu.json'), JSON.stringify({ ...leisure, id: 'lvu', status: 'withdrawn' }));
    writeFileSync(join(directory, 'honour.json'), JSON.stringify({ ...leisure, id: 'other' }));
    const shelf = createLibrary({ directory: pathToFileURL(`${directory}/`), translations: none });
    expect(shelf.topics().map((topic) => topic.id)).toEqual(['leisure']);
    expect(shelf.problems(now)).toHaveLength(2);
    expect(shelf.answer('lvu', 'sv', 'web', today)).toBeNull();
  });

  it('unknown topics have no answer, and other languages get English', () => {
    expect(library.answer('nothing', 'sv', 'web', today)).toBeNull();
    expect(library.answer('leisure', 'so', 'web', today)?.title).toBe('Leisure and youth centres');
    expect(library.answer('leisure', 'sv', 'web', today)?.title).toBe('Fritid och ungdomsgårdar');
  });
});

describe('translations', () => {
  const book = (of: number, more: Partial<TranslationBook> = {}): Translations => {
    const texts = { of, title: 'عنوان', text: 'نص {contact:112}', sms: 'نص' };
    const one: TranslationBook = {
      version: 3,
      status: 'draft',
      reviewer: 'a native reader',
      reviewBy: '2027-03-31',
      language: 'ar',
      answers: { 'emergency-112': texts },
      ...more,
    };
    return { of: (tag) => (tag === 'ar' ? one : undefined), broken: [], all: [one] };
  };
  const said = (translations: Translations, at = today) =>
    createLibrary({ translations }).answer('emergency-112', 'ar', 'web', at);

  it('a draft is said together with the English original, and the row tells which translation it was (W8, A7)', () => {
    const answer = said(book(1));
    expect(answer?.text).toMatch(/^نص .*112/);
    expect(answer?.text).toContain('Is someone in danger now?');
    expect(answer?.translation).toBe('ar:3');
    expect(answer?.title).toBe('عنوان');
  });

  it('an approved one stands alone; one of an older original, or past its review, is withheld and reported', () => {
    expect(said(book(1, { status: 'approved' }))?.text).not.toContain('Is someone');
    for (const withheld of [book(7), book(1, { reviewBy: '2026-01-01' })]) {
      expect(said(withheld)?.text).toMatch(/^Is someone in danger now/);
      expect(createLibrary({ translations: withheld }).problems(now)).toHaveLength(1);
    }
  });

  it('danger, contact, secrecy, leaving, relatives and a human are there in all ten languages, and every check holds', () => {
    expect(contentProblems(now)).toEqual([]);
    expect(contentProblems(now, none)).toHaveLength(TRANSLATED.length * MUST_BE_TRANSLATED.length);
    expect(contentProblems(now, book(1))).toContain('emergency-112 ar: sms: other contacts');
  });
});

describe('reading level', () => {
  it('is words per sentence plus the share of long words', () => {
    expect(lix('Det är en bra dag. Vi går ut nu.')).toBe(4.5);
    expect(lix('Socialtjänsten hjälper familjer.')).toBe(3 + 100);
    expect(longestSentence('Ett två tre. Ett två: tre fyra?')).toBe(4);
  });
});

/** Ages that stand in DOMAIN 2.2, 2.3 and 3.1-3.3 and have nothing to do with punishment. */
const allowedAges = new Set([
  'parents-school-told 15',
  'honour 13',
  'honour 21',
  'sig 12',
  ...library.topics().map((topic) => `${topic.id} 18`),
]);
