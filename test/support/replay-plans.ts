import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { z } from 'zod';
import { type ConnectionOptions, connect, type Db } from '../../db/client.ts';

interface Statement {
  query: string;
  params: unknown[];
}

/** How PostgreSQL reads one table in one statement. */
export interface Scan {
  how: string;
  table: string;
  index: string | null;
  /** Rows it gave, all loops together, and rows it read in vain. */
  rows: number;
  wasted: number;
}

export interface Plan {
  /** The statement's first words. */
  statement: string;
  ms: number;
  scans: Scan[];
}

const Node = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number().default(0),
  'Actual Loops': z.number().default(1),
  'Rows Removed by Filter': z.number().default(0),
  get Plans() {
    return z.array(Node).default([]);
  },
});
type Node = z.output<typeof Node>;
const Explained = z.array(z.object({ Plan: Node, 'Execution Time': z.number().default(0) }));

/**
 * Runs `work` on a database that remembers its statements and then runs each of them again under EXPLAIN, with the same
 * parameters, in the same roles and in one transaction that is undone. What changes rows is planned and not run.
 */
export async function replayPlans(options: ConnectionOptions, work: (db: Db) => Promise<unknown>): Promise<Plan[]> {
  const statements: Statement[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void statements.push({ query, params }) };
  const working = connect(options, { max: 1, onnotice: () => {} });
  const asking = connect(options, { max: 1, onnotice: () => {} });
  try {
    await work(drizzle({ client: working, logger }));
    return await undone(asking, (tx) => plansOf(tx, statements));
  } finally {
    await Promise.all([working.end(), asking.end()]);
  }
}

async function plansOf(tx: postgres.TransactionSql, statements: Statement[]): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const { query, params } of statements) {
    const run = (prefix: string) => tx.unsafe(prefix + query, params.map(asParameter));
    if (/^select set_config/.test(query)) await run('');
    if (!/^(select|insert|update|delete|with)\b(?! (set_config|pg_advisory))/i.test(query.trim())) continue;
    const isRead = /^select/i.test(query.trim());
    const [row] = await run(`explain (${isRead ? 'analyze, ' : ''}format json) `);
    const [explained] = Explained.parse(row?.['QUERY PLAN']);
    if (!explained) continue;
    const scans = scansOf(explained.Plan);
    plans.push({
      statement: query.trim().replaceAll(/\s+/g, ' ').slice(0, 60),
      ms: explained['Execution Time'],
      scans,
    });
  }
  return plans;
}

const scansOf = (node: Node): Scan[] => [
  ...(/Scan$/.test(node['Node Type']) && (node['Relation Name'] ?? node['Index Name']) ? [scanOf(node)] : []),
  ...node.Plans.flatMap(scansOf),
];

const scanOf = (node: Node): Scan => ({
  how: node['Node Type'],
  table: node['Relation Name'] ?? '',
  index: node['Index Name'] ?? null,
  rows: Math.round(node['Actual Rows'] * node['Actual Loops']),
  wasted: Math.round(node['Rows Removed by Filter'] * node['Actual Loops']),
});

// The parameters of a driver that takes what drizzle has encoded.
const asParameter = (value: unknown) => value as postgres.ParameterOrJSON<never>;

async function undone<T>(sql: postgres.Sql, work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> {
  const over = new Error('undone');
  const found: T[] = [];
  await sql
    .begin(async (tx) => {
      found.push(await work(tx));
      throw over;
    })
    .catch((error: unknown) => {
      if (error !== over) throw error;
    });
  for (const one of found) return one;
  throw new Error('nothing was found');
}
