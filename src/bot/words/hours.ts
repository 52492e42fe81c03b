import type { Opening } from '../outcome.ts';
import type { Schedule } from './schedule.ts';
import { plusDays, stockholmInstant, stockholmTime } from './stockholm-time.ts';
import holidays from './swedish-holidays.json' with { type: 'json' };

/** An opening with the span it lies in: when it began and when it ends; both null while closed. */
export interface Attendance extends Opening {
  since: Date | null;
  until: Date | null;
}

/** How far ahead an opening is looked for; longer closures are not announced. */
const horizonDays = 31;
/** How far ahead a closing is looked for: who is open longer counts as open until then. */
const longestMs = 7 * 86_400_000;

/**
 * Whether people answer at `now`, and when they next do. The opening time is included, the closing time is not; spans that touch
 * are one. A missing schedule means closed and no promise of when (F52).
 * @param cityDays days that are different in every district; the schedule's own exceptions come before them.
 */
export const openingAt = (now: Date, schedule: Schedule | null, cityDays: Schedule['cityDays'] = {}): Attendance => {
  if (!schedule || Number.isNaN(now.getTime())) return closed(null);
  const { date: today } = stockholmTime(now);
  let run: Span | null = null;
  for (let days = -1; days <= horizonDays; days += 1) {
    for (const span of spansOn(plusDays(today, days), schedule, cityDays)) {
      if (run && span.from <= run.to) run = { from: run.from, to: later(run.to, span.to) };
      else if (run && run.to > now) return tell(run, now);
      else run = span;
    }
    if (run && run.to.getTime() - now.getTime() > longestMs) break;
  }
  return run && run.to > now ? tell(run, now) : closed(null);
};

interface Span {
  from: Date;
  to: Date;
}

const closed = (opensAt: Date | null): Attendance => ({ open: false, opensAt, since: null, until: null });

const tell = ({ from, to }: Span, now: Date): Attendance =>
  from <= now ? { open: true, opensAt: null, since: from, until: to } : closed(from);

const later = (a: Date, b: Date): Date => (a > b ? a : b);

const spansOn = (date: string, schedule: Schedule, cityDays: Schedule['cityDays']): Span[] =>
  rowFor(date, schedule, cityDays)
    .map(([from, to]) => ({
      from: stockholmInstant(date, minutes(from)),
      to: stockholmInstant(to > from ? date : plusDays(date, 1), minutes(to)),
    }))
    // The hour that is skipped in spring may leave nothing of a span.
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from.getTime() - b.from.getTime());

const rowFor = (date: string, schedule: Schedule, cityDays: Schedule['cityDays']): Schedule['holidays'] => {
  const special = schedule.exceptions[date] ?? cityDays[date];
  if (special) return special;
  const red = calendar.get(date.slice(0, 4));
  // Beyond the calendar's years nothing is known of holidays: closed (F52).
  if (!red) return [];
  if (red.has(date.slice(5))) return schedule.holidays;
  const weekday = weekdayNames[new Date(`${date}T12:00:00Z`).getUTCDay()];
  return (weekday && schedule.week[weekday]) ?? [];
};

const calendar = new Map(Object.entries(holidays).map(([year, days]) => [year, new Set(days)]));

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
