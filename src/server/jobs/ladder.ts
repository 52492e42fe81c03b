import type { RiskLevel } from '../../../db/schema/conversation.ts';
import type { Alerts, WorkerRole } from '../../../db/schema/staff.ts';
import { CITY_POOL } from '../hours/route.ts';

export const URGENCIES = ['green', 'amber', 'red'] as const;
export type Urgency = (typeof URGENCIES)[number];
/** Who hears of a conversation that nobody has taken, in this order; last the person who waits is told again what they can do. */
export const STEPS = ['district', 'second-line', 'coordinators', 'visitor'] as const;
export type Step = (typeof STEPS)[number];

/** Minutes unclaimed until the second line, the coordinators and the visitor; the district hears at once. */
export type Ladders = Readonly<Record<Urgency, readonly [number, number, number]>>;

const RED: ReadonlySet<RiskLevel> = new Set(['urgent', 'emergency']);
export const urgencyOf = (risk: RiskLevel): Urgency =>
  RED.has(risk) ? 'red' : risk === 'elevated' ? 'amber' : 'green';

/** What `conversation.alarm_step` holds: higher for every step and every urgency, so that a risk that is raised climbs anew. */
export const heightOf = (urgency: Urgency, steps: number): number => URGENCIES.indexOf(urgency) * STEPS.length + steps;

/** The steps that are due and not yet taken after so long a wait. */
export function dueSteps(ladders: Ladders, urgency: Urgency, taken: number, waitedMs: number): Step[] {
  const minutes = [0, ...ladders[urgency]];
  return STEPS.filter((_, i) => heightOf(urgency, i + 1) > taken && waitedMs >= (minutes[i] ?? 0) * 60_000);
}

export interface Colleague {
  id: string;
  role: WorkerRole;
  districts: readonly string[];
  alerts: Alerts;
  onDutyUntil: Date | null;
}

/**
 * Whose own chat is alerted at a step: people on duty who have chosen it, and nobody else, so that who comes on duty later
 * finds no backlog (F35). The pool's and the district's channels are told besides, whoever is on duty.
 */
export function recipientsOf(
  step: Step,
  { district, urgency }: { district: string; urgency: Urgency },
  staff: readonly Colleague[],
  now: Date,
): string[] {
  const concerned: Record<Step, (c: Colleague) => boolean> = {
    district: (c) => c.role === 'worker' && c.districts.includes(district),
    'second-line': (c) => c.role === 'worker' && c.districts.includes(CITY_POOL),
    coordinators: (c) => c.role === 'coordinator' && [district, CITY_POOL].some((d) => c.districts.includes(d)),
    visitor: () => false,
  };
  return staff
    .filter((c) => c.onDutyUntil !== null && c.onDutyUntil > now)
    .filter((c) => c.alerts === 'all' || (c.alerts === 'red' && urgency === 'red'))
    .filter(concerned[step])
    .map((c) => c.id);
}
