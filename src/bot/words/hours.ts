import type { Opening } from '../outcome.ts';
import type { Schedule } from './schedule.ts';
import speeches from './speech.json' with { type: 'json' };
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

/** "i dag klockan 16.30", "i morgon klockan 8", "på måndag klockan 8", "torsdag 7 januari klockan 8"; so in each language of speech.json. */
export const sayWhen = (opensAt: Date, now: Date, language: string): string => {
  const speech = speechOf(language);
  const then = stockholmTime(opensAt);
  const { date: today } = stockholmTime(now);
  const values: Readonly<Record<string, string>> = {
    clock: speech.clock.replace('{time}', clockTime(then.minute, speech)),
    day: speech.days[then.weekday] ?? '',
    date: String(Number(then.date.slice(8))),
    month: speech.months[Number(then.date.slice(5, 7)) - 1] ?? '',
  };
  return formFor(then.date, today, speech).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
};

type Speech = (typeof speeches)[keyof typeof speeches];

const speechOf = (language: string): Speech => (isSpoken(language) ? speeches[language] : speeches.en);

const isSpoken = (language: string): language is keyof typeof speeches => Object.hasOwn(speeches, language);

const formFor = (date: string, today: string, speech: Speech): string => {
  if (date === today) return speech.today;
  if (date === plusDays(today, 1)) return speech.tomorrow;
  return date <= plusDays(today, 6) ? speech.near : speech.far;
};

/** Western digits in every language; `whole` tells whether a full hour carries its zeros. */
const clockTime = (minute: number, { mark, whole }: Speech): string => {
  const past = minute % 60;
  return `${Math.floor(minute / 60)}${past || whole ? `${mark}${String(past).padStart(2, '0')}` : ''}`;
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
