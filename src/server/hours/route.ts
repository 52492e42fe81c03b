import type { Opening } from '../../bot/outcome.ts';
import { type Attendance, openingAt } from '../../bot/words/hours.ts';
import type { Schedule } from '../../bot/words/schedule.ts';

/** Answers for the districts outside their own hours, and for people who would rather not say where they live (F9). */
export const CITY_POOL = 'staden';

/** Every district's schedule by slug; null or absent: nobody has said when, which is closed (F52). */
export type Schedules = ReadonlyMap<string, Schedule | null>;

export interface Route {
  /** In whose queue a conversation belongs now. */
  district: string;
  /** What the visitor is told. Open exactly when the people of `district` are there [B18]. */
  opening: Opening;
  /** The people of `district` themselves. */
  attendance: Attendance;
}

/** All schedules at one moment, so that one hand-over is told, routed and alarmed by the same rows and the same clock. */
export interface Moment {
  now: Date;
  own(district: string): Attendance;
  route(home: string): Route;
}

/** What has been worked out of some schedules, and how long it holds. */
export type Known = Map<string, { from: Date; to: Date; attendance: Attendance }>;

/**
 * A closed district's conversations go to the city pool while that is open; when neither is open they wait at home, and the
 * visitor is told when the first of the two opens (F7, F52).
 */
export function momentOf(now: Date, schedules: Schedules, known: Known = new Map()): Moment {
  const cityDays = schedules.get(CITY_POOL)?.cityDays;
  const own = (district: string): Attendance => {
    const last = known.get(district);
    if (last && last.from <= now && now < last.to) return last.attendance;
    const schedule = schedules.get(district) ?? null;
    const attendance = openingAt(now, schedule, district === CITY_POOL ? undefined : cityDays);
    const to = attendance.until ?? attendance.opensAt ?? new Date(now.getTime() + 60_000);
    known.set(district, { from: now, to, attendance });
    return attendance;
  };
  return {
    now,
    own,
    route(home) {
      const at = own(home);
      if (at.open || home === CITY_POOL) return { district: home, opening: openingOf(at), attendance: at };
      const pool = own(CITY_POOL);
      if (pool.open) return { district: CITY_POOL, opening: openingOf(pool), attendance: pool };
      const opensAt = earlier(at.opensAt, pool.opensAt);
      return { district: home, opening: { open: false, opensAt }, attendance: at };
    },
  };
}

const openingOf = ({ open, opensAt }: Attendance): Opening => ({ open, opensAt });

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
