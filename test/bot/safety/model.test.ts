import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RISKS } from '../../../src/bot/outcome.ts';
import { readModel } from '../../../src/bot/safety/classifier.ts';
import { createIntent } from '../../../src/bot/safety/intent.ts';
import { signalFiles } from '../../../src/bot/safety/signals.ts';
import { createTriage } from '../../../src/bot/safety/triage.ts';
import { Labelled, readSet } from '../../eval/read-set.ts';
import { corpusStamp, readCorpus } from '../../eval/train-corpus.ts';
import { figuresOf, type Judged } from '../../eval/train-figures.ts';

const triage = createTriage();
const intentOf = createIntent();
const rows = ['heldout', 'heldout-2', 'heldout-3'].flatMap((name) =>
  readSet(fileURLToPath(new URL(`../../eval/${name}.jsonl`, import.meta.url)), Labelled),
);
const judged = rows.map((row): Judged => {
  const { risk } = triage(row.text, { risk: 'none', channel: 'web' });
  return { ...row, heard: { risk, intent: intentOf(row.text, { risk, channel: 'web' })[0]?.intent ?? '' } };
});
const isNordic = (row: Judged): boolean => row.lang === 'sv' || row.lang === 'en';

describe('the learned model', () => {
  it('was trained from the training texts that are committed', () => {
    expect(readModel().stamp).toBe(corpusStamp());
  });

  it('has training texts of every level in all eleven languages, none of them held out', () => {
    const corpus = readCorpus({ seed: 1 });
    const languages = ['sv', 'en', 'ar', 'so', 'fa', 'tr', 'pl', 'es', 'ti', 'ckb', 'ru'];
    // "Hi", "STOPP" and "thanks a lot, bye" can only be written in one way.
    const formula = /^(?:greeting|thanks_bye)$/;
    const kept = new Set(
      rows.filter((row) => row.text.length > 20 && !formula.test(row.intent)).map((row) => row.text),
    );
    expect(corpus.filter((example) => kept.has(example.text))).toEqual([]);
    expect(new Set(corpus.map((example) => example.text)).size).toBeGreaterThan(4000);
    for (const lang of languages)
      for (const risk of RISKS)
        expect(corpus.filter((one) => one.lang === lang && one.risk === risk).length).toBeGreaterThan(20);
  });

  it('makes the same training texts for the same seed', () => {
    expect(readCorpus({ seed: 5 }).slice(0, 200)).toEqual(readCorpus({ seed: 5 }).slice(0, 200));
    expect(readCorpus({ seed: 5 }).map((one) => one.text)).not.toEqual(readCorpus({ seed: 6 }).map((one) => one.text));
  });

  it('reads signal files that carry a version and a reviewer', () => {
    for (const file of signalFiles) {
      expect(file.version).toBeGreaterThanOrEqual(1);
      expect(file).toHaveProperty('reviewer');
    }
  });

  it('holds its floors on the held-out texts', () => {
    const near = figuresOf(judged.filter(isNordic));
    const far = figuresOf(judged.filter((row) => !isNordic(row)));
    const all = figuresOf(judged);
    expect(near.emergency).toBeGreaterThanOrEqual(0.95);
    expect(far.emergency).toBeGreaterThanOrEqual(0.95);
    expect(all.urgent).toBeGreaterThanOrEqual(0.94);
    expect(all.falseAlarm).toBeLessThanOrEqual(0.025);
    expect(all.falseAlarmHard).toBeLessThanOrEqual(0.05);
    expect(all.intentMacroF1).toBeGreaterThanOrEqual(0.85);
  });

  it('names a model reason by its kind and never by the words heard', () => {
    const { reasons } = triage('gate F28, pappa har mitt pass och jag såg brudklänningen', {
      risk: 'none',
      channel: 'web',
    });
    expect(reasons.some((reason) => /^model\.[a-z-]+$/.test(reason.rule))).toBe(true);
    expect(JSON.stringify(reasons)).not.toContain('pass');
  });

  it('hears nothing in long calm talk', () => {
    for (const calm of [
      'Vi brukar laga mat på kvällen och sen ser vi på tv. Det är fint här. ',
      'We usually cook together in the evening and watch tv. The neighbours are kind. ',
    ])
      expect(triage(calm.repeat(12), { risk: 'none', channel: 'web' }).risk).toBe('none');
  });

  it('gives all intents a share of one whole, likeliest first', () => {
    const likely = intentOf('vilka tider har ni öppet?', { risk: 'none', channel: 'web' });
    expect(likely[0]?.intent).toBe('opening_hours');
    expect(likely).toHaveLength(28);
    expect(likely.reduce((sum, one) => sum + one.score, 0)).toBeCloseTo(1, 5);
    expect(intentOf('STOPP', { risk: 'none', channel: 'sms' })[0]?.intent).toBe('stop_sms');
    expect(intentOf('👍', { risk: 'none', channel: 'web' })[0]?.intent).toBeDefined();
  });
});
