import { LANGUAGES } from '../../../src/bot/language/detect.ts';
import { atLeast } from '../../../src/bot/outcome.ts';
import type { Prediction } from '../predict.ts';
import type { Labelled } from '../read-set.ts';
import { type ClassScore, classScores, f1Of, macroF1, microCounts } from './f1.ts';
import { type RiskScore, scoreRisk } from './score-risk.ts';
import { type Share, share } from './share.ts';

/** The figures of one group of texts. */
export interface GroupScore {
  name: string;
  n: number;
  risk: RiskScore;
  intentAccuracy: Share;
  intentMacroF1: number | null;
  language: Share;
}

export interface UtteranceScore {
  risk: RiskScore;
  kinds: { precision: Share; recall: Share; f1: number };
  intents: { macroF1: number | null; accuracy: Share; withAlternatives: Share; classes: ClassScore[] };
  /** Swedish, English and the rest in the city's order, then the pooled line `not sv/en` and `sv+en`. */
  languages: GroupScore[];
  channels: GroupScore[];
  tags: { name: string; n: number; under: Share; falseAlarms: Share }[];
  language: Share;
  /** Texts whose place is labelled. */
  district: Share;
  /** Texts without a labelled place for which none is found. */
  noDistrict: Share;
  masking: { recall: Share; falseMasks: Share };
  /** Ids to look at. */
  wrong: { falseUrgent: string[]; language: string[]; district: string[]; masked: string[] };
}

interface Row extends Labelled {
  got: Prediction;
}

/** Scores predictions against labels (LABELS §10). A text without a prediction counts as `none` with nothing found. */
export function scoreUtterances(gold: readonly Labelled[], predictions: ReadonlyMap<string, Prediction>) {
  const rows: Row[] = gold.map((g) => ({ ...g, got: predictions.get(g.id) ?? nothing(g.id) }));
  const kinds = microCounts(rows.map((r) => ({ gold: r.riskKinds, predicted: r.got.riskKinds })));
  const { truePositives: both, falsePositives, falseNegatives } = kinds;
  const classes = classesOf(rows);
  const score: UtteranceScore = {
    risk: riskOf(rows),
    kinds: {
      precision: { hit: both, of: both + falsePositives },
      recall: { hit: both, of: both + falseNegatives },
      f1: f1Of(kinds),
    },
    intents: {
      macroF1: macroF1(classes),
      accuracy: share(rows, (r) => r.got.intent === r.intent),
      withAlternatives: share(rows, (r) => r.got.intent === r.intent || r.intentAlt.includes(r.got.intent)),
      classes,
    },
    languages: [
      ...inOrder(rows.map((r) => r.lang)).map((lang) =>
        groupOf(
          lang,
          rows.filter((r) => r.lang === lang),
        ),
      ),
      groupOf('not sv/en', rows.filter(isOther)),
      groupOf(
        'sv+en',
        rows.filter((r) => !isOther(r)),
      ),
    ],
    channels: [...new Set(rows.map((r) => r.channel))].sort().map((channel) =>
      groupOf(
        channel,
        rows.filter((r) => r.channel === channel),
      ),
    ),
    tags: [...new Set(rows.flatMap((r) => r.tags))].sort().map((tag) => tagOf(tag, rows)),
    language: languageOf(rows),
    district: share(
      rows.filter((r) => r.district !== null),
      (r) => r.got.district === r.district,
    ),
    noDistrict: share(
      rows.filter((r) => r.district === null),
      (r) => r.got.district === null,
    ),
    masking: maskingOf(rows),
    wrong: {
      falseUrgent: ids(rows, (r) => r.risk === 'none' && atLeast(r.got.risk, 'urgent')),
      language: ids(rows, (r) => r.got.language !== r.lang),
      district: ids(rows, (r) => r.got.district !== r.district),
      masked: ids(
        rows,
        (r) => r.pii.some((k) => !r.got.masked.includes(k)) || r.got.masked.some((k) => !r.pii.includes(k)),
      ),
    },
  };
  return score;
}

const ids = (rows: readonly Row[], test: (row: Row) => boolean): string[] => rows.filter(test).map((r) => r.id);

const isOther = (row: Labelled): boolean => row.lang !== 'sv' && row.lang !== 'en';

function groupOf(name: string, rows: readonly Row[]): GroupScore {
  return {
    name,
    n: rows.length,
    risk: riskOf(rows),
    intentAccuracy: share(rows, (r) => r.got.intent === r.intent),
    intentMacroF1: macroF1(classesOf(rows)),
    language: languageOf(rows),
  };
}

const classesOf = (rows: readonly Row[]) => classScores(rows.map((r) => ({ gold: r.intent, predicted: r.got.intent })));

const languageOf = (rows: readonly Row[]): Share => share(rows, (r) => r.got.language === r.lang);

const riskOf = (rows: readonly Row[]): RiskScore =>
  scoreRisk(
    rows.map((r) => ({
      id: r.id,
      lang: r.lang,
      tags: r.tags,
      gold: r.risk,
      alternative: r.riskAlt,
      predicted: r.got.risk,
    })),
  );

function tagOf(name: string, rows: readonly Row[]) {
  const { under, falseAlarms, n } = riskOf(rows.filter((r) => r.tags.includes(name)));
  const grave = rows.filter((r) => r.tags.includes(name) && r.risk !== 'none').length;
  const any = falseAlarms.find((f) => f.level === 'elevated')?.strict ?? { hit: 0, of: 0 };
  return { name, n, under: { hit: under.strict.hit, of: grave }, falseAlarms: any };
}

/** Recall over every labelled kind in every text; a false mask is a text in which something else was masked. */
function maskingOf(rows: readonly Row[]): { recall: Share; falseMasks: Share } {
  const owed = rows.flatMap((r) => r.pii.map((kind) => r.got.masked.includes(kind)));
  return { recall: share(owed, Boolean), falseMasks: share(rows, (r) => r.got.masked.some((k) => !r.pii.includes(k))) };
}

/** The order of LABELS §1; unknown tags after them. */
export function inOrder(tags: readonly string[]): string[] {
  const known: readonly string[] = LANGUAGES;
  const present = [...new Set(tags)];
  return [...known.filter((tag) => present.includes(tag)), ...present.filter((tag) => !known.includes(tag)).sort()];
}

const nothing = (id: string): Prediction => ({
  id,
  risk: 'none',
  riskKinds: [],
  intent: '',
  topics: [],
  language: '',
  district: null,
  masked: [],
});
