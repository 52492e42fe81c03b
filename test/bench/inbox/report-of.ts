import type { Plan } from '../../support/replay-plans.ts';
import type { Check, Figure, Report } from '../report.ts';
import { percentile, ratiosOf, spreadOf } from '../statistics.ts';
import { STREAMS } from './live-rows.ts';
import type { InboxSize } from './make-inbox.ts';
import { CLAIMERS, type Round, type Sides } from './queue-load.ts';

export interface PlanOf {
  what: string;
  plans: Plan[];
}

export interface Measured {
  queue: Round[];
  plans: PlanOf[];
  live: { ms: number[][]; check: Check };
  starts: { ours: number[]; starter: number[] };
  weight: { own: number; platform: number };
  /** In the small one and the big one, after everything. */
  messages: number[];
  /** The machine's load average over a minute, before and after. */
  load: number[];
  sizes: Sides<InboxSize>;
}

const KINDS = ['list', 'opening', 'counts', 'claim'] as const;
/** Tables that grow with the years: none may be read from end to end. */
const GROWING = new Set(['conversation', 'message', 'delivery', 'event', 'read_mark', 'audit', 'reminder']);

export function reportOf(measured: Measured): Report {
  const { queue, live, starts, weight } = measured;
  const p95 = live.ms.map((ms) =>
    percentile(
      ms.toSorted((a, b) => a - b),
      0.95,
    ),
  );
  const of = (name: string, side: keyof Sides<unknown>, key: 'p50' | 'p99') =>
    queue.map((round) => round[name]?.[side][key] ?? Number.NaN);
  return {
    name: `inbox: ${number(measured.sizes.big.conversations)} conversations against ${number(measured.sizes.small.conversations)}`,
    figures: [...queueFigures(queue, of), ...pageFigures(measured)],
    goals: [
      ...KINDS.map((kind) => ({
        what: `${kind}, p99: big ÷ small`,
        atMost: 2,
        ...ratiosOf(of(kind, 'big', 'p99'), of(kind, 'small', 'p99')),
      })),
      { what: 'event to painted row, p95 ÷ 500 ms', atMost: 1, ...spreadOf(p95.map((ms) => ms / 500)) },
      { what: "the tab's own code ÷ 40 kB brotli", atMost: 1, ...spreadOf([weight.own / 40_000]) },
      { what: 'first list ready: ours ÷ Fluent starter', atMost: 1.2, ...ratiosOf(starts.ours, starts.starter) },
    ],
    checks: [fullScans(measured.plans), live.check],
    notes: [...notesOf(measured), ...measured.plans.flatMap(planLines)],
  };
}

function queueFigures(
  queue: Round[],
  of: (name: string, side: 'small' | 'big', key: 'p50' | 'p99') => number[],
): Figure[] {
  const names = Object.keys(queue[0] ?? {}).filter((name) => name.includes(':') || name === 'claim');
  return names.flatMap((name) => [
    { what: `${name}, half within: small`, unit: 'ms', ...spreadOf(of(name, 'small', 'p50')) },
    { what: '  big', unit: 'ms', ...spreadOf(of(name, 'big', 'p50')) },
    { what: '  99 % within: small', unit: 'ms', ...spreadOf(of(name, 'small', 'p99')) },
    { what: '  big', unit: 'ms', ...spreadOf(of(name, 'big', 'p99')) },
  ]);
}

const pageFigures = ({ live, starts, weight }: Measured): Figure[] => [
  { what: `event to painted row, ${STREAMS} streams open`, unit: 'ms', ...spreadOf(live.ms.flat()) },
  { what: 'first list ready: ours', unit: 'ms', ...spreadOf(starts.ours) },
  { what: 'first list ready: Fluent starter', unit: 'ms', ...spreadOf(starts.starter) },
  { what: "the tab's own code, brotli", unit: 'bytes', ...spreadOf([weight.own]) },
  { what: 'React, Fluent UI and teams-js, brotli', unit: 'bytes', ...spreadOf([weight.platform]) },
];

function fullScans(plans: PlanOf[]): Check {
  const full = plans.flatMap(({ what, plans: own }) =>
    own.flatMap(({ scans }) =>
      scans
        .filter(({ how, table }) => how === 'Seq Scan' && GROWING.has(table))
        .map(({ table }) => `${what}: ${table}`),
    ),
  );
  return {
    what: 'no question reads a growing table from end to end',
    passed: full.length === 0,
    found: full.join(', ') || 'none',
  };
}

const notesOf = ({ messages, load, sizes: { small, big } }: Measured): string[] => [
  `${messages.map(number).join(' and ')} messages; waiting, held and with the bot: ${[small, big].map((s) => [s.waiting, s.held, s.withBot].map(number).join(', ')).join(' against ')}. Pages are full in both.`,
  `load of the machine while this was measured, on ${process.arch}: ${load.map((one) => one.toFixed(1)).join(' before, ')} after. Figures of a busy machine say little one by one; both sides were asked call by call in turn.`,
  "the queue's own code under row-level security, as the service calls it, in this process with the service's twelve connections; an opening decrypts as many bodies as the conversation has and writes its audit.",
  `claim: ${CLAIMERS} at a time, each conversation wanted by two; every one was taken exactly once. Jobs towards Teams and telephones are left out.`,
  'event to painted row: from the call that releases a conversation (its own work included) to the frame after its row is there, in a real tab among a hundred streams that all hear of it.',
  'first list ready: from the navigation to the first row, the requests to the service included, with a token as Teams gives one; the starter asks for nothing. Plans are those of the big one: rows read, and rows read in vain after a minus.',
];

const planLines = ({ what, plans }: PlanOf): string[] => [
  `plan of ${what}`,
  ...plans
    .filter(({ scans }) => scans.length > 0)
    .map(({ statement, ms, scans }) => `    ${statement} (${ms.toFixed(2)} ms): ${scans.map(scanLine).join('; ')}`),
];

const scanLine = ({ how, table, index, rows, wasted }: Plan['scans'][number]): string =>
  `${how} ${table}${index ? ` by ${index}` : ''} ${rows}${wasted ? ` - ${wasted}` : ''}`;

const number = (value: number): string => value.toLocaleString('en');
