import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLibrary } from '../../../src/bot/knowledge/library.ts';
import { createSearch } from '../../../src/bot/knowledge/search.ts';
import { readModel } from '../../../src/bot/knowledge/search-model.ts';
import { measure, type Question } from '../../eval/topics/measure.ts';
import { fingerprint, readTrainingSet } from '../../eval/topics/training-set.ts';
import { costOf } from '../../support/cost-of.ts';
import questions from './own-questions.json' with { type: 'json' };

const search = createSearch(createLibrary());
const answerable = questions.filter((question) => question.topics.length > 0);
const elsewhere = questions.filter((question) => question.topics.length === 0);
const share = (of: typeof questions, right: (question: (typeof questions)[number]) => boolean) =>
  of.filter(right).length / of.length;

describe('topic search', () => {
  it('puts a right topic first for nine questions in ten and among three nearly always', () => {
    const rank = ({ text, language, topics }: (typeof questions)[number]) =>
      search(text, language).findIndex((hit) => topics.includes(hit.id));
    expect(share(answerable, (question) => rank(question) === 0)).toBeGreaterThanOrEqual(0.9);
    expect(share(answerable, (question) => [0, 1, 2].includes(rank(question)))).toBeGreaterThanOrEqual(0.96);
  });

  it('says nothing when nothing fits', () => {
    expect(share(elsewhere, ({ text, language }) => search(text, language).length === 0)).toBeGreaterThanOrEqual(0.9);
    for (const nothing of ['', '   ', '?!', '🙂', 'och men att', 'xqzwv brklm'])
      expect(search(nothing, 'sv')).toEqual([]);
  });

  it.each([
    ['HUR FAR MAN KONTAKT MED FALTASSISTENTERNA', 'sv', 'field-workers'],
    ['orosanmälningar', 'sv', 'worry-report'],
    ['hur gör man en orosanmälna', 'sv', 'worry-report'],
    ['fritidsgårdarna i området', 'sv', 'leisure'],
    ['can I be anonymus', 'en', 'anonymity'],
    ['kan man vara helt anonym här?', 'sv', 'anonymity'],
  ])('"%s" finds its topic in capitals, without dots, inflected or misspelt', (text, language, topic) => {
    expect(search(text, language)[0]?.id).toBe(topic);
  });

  it('ranks the same every time and finds topics by their own titles', () => {
    for (const topic of createLibrary().topics()) {
      const title = topic.texts.sv.title.replace(/\{.*?\}/g, '');
      expect(
        search(title, 'sv')
          .slice(0, 2)
          .map((hit) => hit.id),
      ).toContain(topic.id);
      expect(search(title, 'sv')).toEqual(search(title, 'sv'));
    }
  });

  it('a message of 20,000 characters is searched in a moment', () => {
    const cost = (times: number) =>
      costOf(() => search('min son har fått nya kläder och nya vänner '.repeat(times), 'sv'));
    cost(47);
    expect(cost(470)).toBeLessThan(40 * cost(47) + 50);
  });

  it('has weights that were trained on the texts as they are now', () => {
    expect(readModel().header.trainedOn).toBe(fingerprint(readTrainingSet()));
  });

  it('holds its floors on questions it has never seen, in twelve languages', () => {
    const lines = readFileSync(new URL('../../eval/topics/heldout.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const heldOut: Question[] = lines.map((line) => JSON.parse(line));
    const known = new Set(readTrainingSet().map((text) => text.text));
    expect(heldOut.filter((question) => known.has(question.text))).toEqual([]);
    const floors = (some: readonly Question[], first: number, three: number, silent: number) => {
      const m = measure(search, some);
      expect(m.first / m.answerable).toBeGreaterThanOrEqual(first);
      expect(m.amongThree / m.answerable).toBeGreaterThanOrEqual(three);
      expect(m.silent / m.unanswerable).toBeGreaterThanOrEqual(silent);
    };
    const isOwn = ({ lang }: Question) => lang === 'sv' || lang === 'en';
    floors(heldOut.filter(isOwn), 0.72, 0.84, 0.82);
    floors(
      heldOut.filter((question) => !isOwn(question)),
      0.72,
      0.87,
      0.9,
    );
  });

  it.each(['sv', 'en', 'ar', 'so', 'fa', 'tr', 'pl', 'es', 'ti', 'ckb', 'ru', 'fi', 'xx', ''])(
    'finds its topic whatever language it is told: %s',
    (language) => expect(search('Как уйти из банды?', language)[0]?.id).toBe('exit-crime'),
  );
});
