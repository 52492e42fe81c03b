import type { Report } from './report.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
export async function turnBench(_d: BenchDatabase, _r: number, _s: (l: string) => void): Promise<Report> {
  throw new Error('not yet');
}
