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

/**
 * A closed district's conversations go to the city pool while that is open; when neither is open they wait at home, and the
 * visitor is told when the first of the two opens (F7, F52).
 */
export function momentOf(now: Date, schedules: Schedules): Moment {
  const known = new Map<string, Attendance>();
  const cityDays = schedules.get(CITY_POOL)?.cityDays;
  const own = (district: string): Attendance => {
    const found =
      known.get(district) ??
      openingAt(now, schedules.get(district) ?? null, district === CITY_POOL ? undefined : cityDays);
    known.set(district, found);
    return found;
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
