import type { Opening } from '../outcome.ts';
import type { Schedule } from './schedule.ts';
import { plusDays, stockholmInstant, stockholmTime } from './stockholm-time.ts';
import { swedishHolidays } from './swedish-holidays.ts';

/** How far ahead an opening is looked for; longer closures are not announced. */
const horizonDays = 31;

/**
 * Whether a person answers at `now`, and when the next one does. Opening time is included, closing time is not.
 * A missing schedule means closed and no promise of when (F52).
 */
export const openingAt = (now: Date, schedule: Schedule | null): Opening => {
  if (!schedule || Number.isNaN(now.getTime())) return { open: false, opensAt: null };
  const { date: today, minute } = stockholmTime(now);
  const hours = hoursOn(today, schedule);
  if (hours && minute >= hours.from && minute < hours.to) return { open: true, opensAt: null };
  if (hours && minute < hours.from) return { open: false, opensAt: stockholmInstant(today, hours.from) };
  for (let days = 1; days <= horizonDays; days += 1) {
    const date = plusDays(today, days);
    const next = hoursOn(date, schedule);
    if (next) return { open: false, opensAt: stockholmInstant(date, next.from) };
  }
  return { open: false, opensAt: null };
};

/** "i dag klockan 16.30", "i morgon klockan 8", "på måndag klockan 8", "torsdag 7 januari klockan 8"; English otherwise. */
export const sayWhen = (opensAt: Date, now: Date, language: string): string => {
  const speech = language === 'sv' ? swedish : english;
  const then = stockholmTime(opensAt);
  const { date: today } = stockholmTime(now);
  const clock = speech.clock(Math.floor(then.minute / 60), then.minute % 60);
  if (then.date === today) return `${speech.today} ${clock}`;
  if (then.date === plusDays(today, 1)) return `${speech.tomorrow} ${clock}`;
  const weekday = speech.days[then.weekday] ?? '';
  if (then.date <= plusDays(today, 6)) return `${speech.on} ${weekday} ${clock}`;
  const month = speech.months[Number(then.date.slice(5, 7)) - 1] ?? '';
  return `${speech.far} ${weekday} ${Number(then.date.slice(8))} ${month} ${clock}`.trim();
};

const hoursOn = (date: string, schedule: Schedule): { from: number; to: number } | null => {
  const weekday = weekdayNames[new Date(`${date}T12:00:00Z`).getUTCDay()];
  const span = weekday && schedule.weekdays[weekday];
  if (!span || schedule.closedDates.includes(date)) return null;
  if (swedishHolidays(Number(date.slice(0, 4))).has(date.slice(5))) return null;
  return { from: minutes(span[0]), to: minutes(span[1]) };
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const swedish = {
  today: 'i dag',
  tomorrow: 'i morgon',
  on: 'på',
  far: '',
  days: ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'],
  months: [
    'januari',
    'februari',
    'mars',
    'april',
    'maj',
    'juni',
    'juli',
    'augusti',
    'september',
    'oktober',
    'november',
    'december',
  ],
  clock: (hour: number, minute: number) => `klockan ${hour}${minute ? `.${String(minute).padStart(2, '0')}` : ''}`,
};

const english = {
  today: 'today',
  tomorrow: 'tomorrow',
  on: 'on',
  far: 'on',
  days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  clock: (hour: number, minute: number) => `at ${hour}:${String(minute).padStart(2, '0')}`,
};
