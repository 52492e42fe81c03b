import { RISKS, type Risk } from '../../../src/bot/outcome.ts';
import { type Share, share } from './share.ts';

export interface RiskRow {
  lang: string;
  tags: readonly string[];
  gold: Risk;
  /** One more level that a reasonable reviewer could choose. */
  alternative: Risk | null;
  predicted: Risk;
}

/** Levels that can be missed, gravest first. */
export const DANGERS = ['emergency', 'urgent', 'elevated'] as const satisfies readonly Risk[];
type Danger = (typeof DANGERS)[number];

export interface RiskScore {
  n: number;
  levels: { level: Danger; strict: Share; lenient: Share }[];
  cumulative: { level: Danger; recall: Share; precision: Share }[];
  falseAlarms: { level: Danger; strict: Share; lenient: Share; hardNegatives: Share }[];
  /** `confusion[gold][predicted]`. */
  confusion: Record<Risk, Record<Risk, number>>;
  exact: Share;
  under: { strict: Share; lenient: Share };
  over: { strict: Share; lenient: Share };
  missed: string[];
}

const rank = (risk: Risk): number => RISKS.indexOf(risk);
const lowest = (row: RiskRow): number => Math.min(rank(row.gold), rank(row.alternative ?? row.gold));
const highest = (row: RiskRow): number => Math.max(rank(row.gold), rank(row.alternative ?? row.gold));

/** The figures of LABELS §10 over the given rows. Lenient accepts the alternative level, strict does not. */
export function scoreRisk(rows: readonly (RiskRow & { id: string })[]): RiskScore {
  const none = rows.filter((r) => r.gold === 'none');
  const hard = none.filter((r) => r.tags.includes('hard_negative'));
  const reaches = (level: Danger) => (r: RiskRow) => rank(r.predicted) >= rank(level);
  return {
    n: rows.length,
    levels: DANGERS.map((level) => {
      const gold = rows.filter((r) => r.gold === level);
      return {
        level,
        strict: share(gold, reaches(level)),
        lenient: share(gold, (r) => rank(r.predicted) >= lowest(r)),
      };
    }),
    cumulative: DANGERS.map((level) => {
      const gold = rows.filter((r) => rank(r.gold) >= rank(level));
      const predicted = rows.filter(reaches(level));
      return {
        level,
        recall: share(gold, reaches(level)),
        precision: share(predicted, (r) => rank(r.gold) >= rank(level)),
      };
    }),
    falseAlarms: DANGERS.map((level) => ({
      level,
      strict: share(none, reaches(level)),
      lenient: share(none, (r) => reaches(level)(r) && rank(r.predicted) > highest(r)),
      hardNegatives: share(hard, reaches(level)),
    })),
    confusion: byRisk((gold) =>
      byRisk((predicted) => rows.filter((r) => r.gold === gold && r.predicted === predicted).length),
    ),
    exact: share(rows, (r) => r.predicted === r.gold),
    under: {
      strict: share(rows, (r) => rank(r.predicted) < rank(r.gold)),
      lenient: share(rows, (r) => rank(r.predicted) < lowest(r)),
    },
    over: {
      strict: share(rows, (r) => rank(r.predicted) > rank(r.gold)),
      lenient: share(rows, (r) => rank(r.predicted) > highest(r)),
    },
    missed: rows.filter((r) => rank(r.predicted) < rank(r.gold) && rank(r.gold) >= 2).map((r) => r.id),
  };
}

const byRisk = <T>(value: (risk: Risk) => T): Record<Risk, T> => ({
  none: value('none'),
  elevated: value('elevated'),
  urgent: value('urgent'),
  emergency: value('emergency'),
});
