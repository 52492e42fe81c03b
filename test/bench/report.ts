import type { Spread } from './statistics.ts';

/** Something measured, one value a round. */
export interface Figure extends Spread {
  what: string;
  unit: string;
}

/** A ratio against what SPEED §7 asks for. */
export interface Goal extends Spread {
  what: string;
  /** `atLeast` or `atMost` this ratio. */
  atLeast?: number;
  atMost?: number;
}

/** Something that is true or not, whatever the speed. */
export interface Check {
  what: string;
  passed: boolean;
  found: string;
}

export interface Report {
  name: string;
  figures: Figure[];
  goals: Goal[];
  checks: Check[];
  /** What must be known to read the figures rightly. */
  notes: string[];
}

export const isMet = (goal: Goal): boolean =>
  goal.median >= (goal.atLeast ?? Number.NEGATIVE_INFINITY) && goal.median <= (goal.atMost ?? Number.POSITIVE_INFINITY);

/** The report as lines for a terminal. */
export function renderReport({ name, figures, goals, checks, notes }: Report): string {
  const lines = [
    `\n${name}`,
    ...table([
      ['measured', 'median', 'range', 'unit'],
      ...figures.map((f) => [f.what, short(f.median), `${short(f.low)} .. ${short(f.high)}`, f.unit]),
    ]),
    '',
    ...table([
      ['ratio, by round', 'median', 'range', 'goal', ''],
      ...goals.map((g) => [g.what, times(g.median), `${times(g.low)} .. ${times(g.high)}`, wanted(g), verdict(g)]),
    ]),
    ...(checks.length > 0 ? [''] : []),
    ...checks.map((check) => `  ${check.passed ? 'ok    ' : 'FAILED'}  ${check.what}: ${check.found}`),
    '',
    ...notes.map((note) => `  - ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

const verdict = (goal: Goal): string => (isMet(goal) ? 'met' : 'NOT MET');
const wanted = (goal: Goal): string =>
  goal.atLeast === undefined ? `at most ${goal.atMost ?? ''}x` : `at least ${goal.atLeast}x`;
const times = (value: number): string => `${value.toFixed(2)}x`;
const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map((row) => `  ${line(row)}`.trimEnd());
}
