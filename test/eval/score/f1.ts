export interface ClassScore {
  name: string;
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
}

export const f1Of = ({ truePositives, falsePositives, falseNegatives }: Omit<ClassScore, 'name'>): number => {
  const all = 2 * truePositives + falsePositives + falseNegatives;
  return all === 0 ? 0 : (2 * truePositives) / all;
};

/** One class a row, over the classes that occur in the gold (LABELS §10): a prediction outside them only costs recall. */
export function classScores(rows: readonly { gold: string; predicted: string }[]): ClassScore[] {
  return [...new Set(rows.map((r) => r.gold))].sort().map((name) => ({
    name,
    truePositives: rows.filter((r) => r.gold === name && r.predicted === name).length,
    falsePositives: rows.filter((r) => r.gold !== name && r.predicted === name).length,
    falseNegatives: rows.filter((r) => r.gold === name && r.predicted !== name).length,
  }));
}

export const macroF1 = (classes: readonly ClassScore[]): number | null =>
  classes.length === 0 ? null : classes.reduce((sum, c) => sum + f1Of(c), 0) / classes.length;

/** All labels of all rows in one pot. */
export function microCounts(rows: readonly { gold: readonly string[]; predicted: readonly string[] }[]) {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
  for (const { gold, predicted } of rows) {
    const [right, given] = [new Set(gold), new Set(predicted)];
    const both = [...right].filter((label) => given.has(label)).length;
    counts.truePositives += both;
    counts.falsePositives += given.size - both;
    counts.falseNegatives += right.size - both;
  }
  return counts;
}
