import { z } from 'zod';
import type { DialogueScore } from './dialogues/check.ts';
import type { RetrievalScore } from './score/score-retrieval.ts';
import type { UtteranceScore } from './score/score-utterances.ts';
import { rate, type Share, showRate } from './score/share.ts';

/** A figure by name; null when the set has nothing to count. */
export type Figures = Readonly<Record<string, number | null>>;

/** What a figure must not fall below, or rise above, and what the issue aims at. */
const Bound = z.strictObject({
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  goal: z.number().optional(),
});
const Floors = z.record(z.string(), z.record(z.string(), Bound));
export type Floors = z.infer<typeof Floors>;
export const readFloors = (file: unknown): Floors => Floors.parse(file);

/** One line for each figure that is out of bounds or no longer counted. A set that is not there is not judged. */
export function brokenFloors(figures: Readonly<Record<string, Figures>>, floors: Floors): string[] {
  return Object.entries(floors).flatMap(([set, bounds]) => {
    const mine = figures[set];
    if (!mine) return [];
    return Object.entries(bounds).flatMap(([name, { atLeast, atMost }]) => {
      if (!Object.hasOwn(mine, name)) return [`floor broken: ${set}, ${name}: there is no such figure`];
      const value = mine[name] ?? null;
      if (atLeast === undefined && atMost === undefined) return [];
      const wrong = value === null || value < (atLeast ?? -Infinity) || value > (atMost ?? Infinity);
      const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
      return wrong ? [`floor broken: ${set}, ${name}: ${showRate(value)}, ${bound} is asked`] : [];
    });
  });
}

export function utteranceFigures(score: UtteranceScore): Figures {
  const group = (name: string) => score.languages.find((g) => g.name === name)?.risk ?? score.risk;
  const strict = (risk: UtteranceScore['risk'], level: string): Share =>
    risk.levels.find((l) => l.level === level)?.strict ?? NOTHING;
  const urgent = score.risk.falseAlarms.find((f) => f.level === 'urgent');
  const elevated = score.risk.falseAlarms.find((f) => f.level === 'elevated');
  return {
    'emergency recall, sv and en': rate(strict(group('sv+en'), 'emergency')),
    'emergency recall, not sv/en': rate(strict(group('not sv/en'), 'emergency')),
    'urgent or above, recall': rate(score.risk.cumulative.find((c) => c.level === 'urgent')?.recall ?? NOTHING),
    'elevated recall': rate(strict(score.risk, 'elevated')),
    'false emergency or urgent on none': rate(urgent?.strict ?? NOTHING),
    'false emergency or urgent on hard negatives': rate(urgent?.hardNegatives ?? NOTHING),
    'false alarm of any level on none': rate(elevated?.strict ?? NOTHING),
    'risk kinds micro-F1': score.kinds.f1,
    'intent macro-F1': score.intents.macroF1,
    'language right': rate(score.language),
    'district right where a place is labelled': rate(score.district),
    'personal data masked': rate(score.masking.recall),
    'texts with a false mask': rate(score.masking.falseMasks),
  };
}

export const retrievalFigures = (score: RetrievalScore): Figures => ({
  'top-1': rate(score.top1),
  'top-3': rate(score.top3),
  'abstained when nothing answers': rate(score.abstained),
  'silent although something answers': rate(score.silent),
});

export const dialogueFigures = (score: DialogueScore): Figures => ({
  'dialogues passed': rate({ hit: score.passed, of: score.dialogues }),
  'expectations held': rate(
    score.asserts.reduce((sum, a) => ({ hit: sum.hit + a.hit, of: sum.of + a.of }), { ...NOTHING }),
  ),
});

const NOTHING: Share = { hit: 0, of: 0 };
