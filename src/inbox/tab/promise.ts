import {
  BARE_CLOCK,
  CLOCK,
  COMMITS,
  DAYS,
  EVENING,
  HALF_HOUR,
  HALF_PAST,
  MONTHS,
  NEXT,
  NEXT_WEEK,
  NOT,
  NUMBERS,
  PARTS,
  WEEKDAYS,
  WITHIN,
} from './promise-words.ts';
import { addDays, instantOf, wallOf } from './stockholm.ts';

/** A sentence in which a worker says when they will be in touch, and the moment by which it must be kept. */
export interface Promised {
  dueAt: Date;
  said: string;
}

const HOUR_MS = 3_600_000;
/** When a day is named and no time: still time left to keep it. */
const DAY_HOUR = 15;

/**
 * The first promise of a time in a worker's words, Swedish or English; null when there is none. Proposed to the worker, never
 * kept by itself. Wall times are Stockholm's, also across both clock changes; "within an hour" is an hour.
 */
export function promiseIn(text: string, now: Date): Promised | null {
  for (const sentence of text.split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u)) {
    if (sentence.trim().endsWith('?') || !COMMITS.test(sentence) || NOT.test(sentence)) continue;
    const dueAt = whenIn(sentence, now);
    if (dueAt && dueAt > now) return { dueAt, said: sentence.trim().slice(0, 500) };
  }
  return null;
}

function whenIn(sentence: string, now: Date): Date | null {
  const elapsed = within(sentence);
  if (elapsed?.ms) return new Date(now.getTime() + elapsed.ms);
  const today = wallOf(now);
  const day = elapsed?.days ? { date: addDays(today.date, elapsed.days), hour: DAY_HOUR } : dayIn(sentence, now);
  const minute = minuteIn(sentence);
  if (day) return instantOf(day.date, minute ?? day.hour * 60);
  if (minute === null) return null;
  // "We call before 16": today, or if that has passed, tomorrow.
  return instantOf(minute > today.minute ? today.date : addDays(today.date, 1), minute);
}

/** "inom två timmar" as a stretch of time, "om tre dagar" as days. */
function within(sentence: string): { ms?: number; days?: number } | null {
  if (HALF_HOUR.test(sentence)) return { ms: HOUR_MS / 2 };
  const { n = '', unit = '' } = WITHIN.exec(sentence)?.groups ?? {};
  const count = NUMBERS[n.toLowerCase().replace(/\s+/g, ' ')] ?? Number(n);
  if (n === '' || count === 0) return null;
  if (/^(?:tim|h)/i.test(unit)) return { ms: count * HOUR_MS };
  if (/^min/i.test(unit)) return { ms: count * 60_000 };
  return { days: /^(?:v|w)/i.test(unit) ? count * 7 : count };
}

function dayIn(sentence: string, now: Date): { date: string; hour: number } | null {
  const { date, weekday } = wallOf(now);
  const dated = dateIn(sentence, date);
  if (dated) return { date: dated, hour: DAY_HOUR };
  for (const [pattern, days, hour] of DAYS) if (pattern.test(sentence)) return { date: addDays(date, days), hour };
  const named = WEEKDAYS.findIndex((pattern) => pattern.test(sentence));
  const monday = addDays(date, (8 - weekday) % 7 || 7);
  if (named < 0) return NEXT_WEEK.test(sentence) ? { date: addDays(monday, 4), hour: 12 } : null;
  if (NEXT.test(sentence)) return { date: addDays(monday, (named + 6) % 7), hour: DAY_HOUR };
  return { date: addDays(date, (named - weekday + 7) % 7 || 7), hour: DAY_HOUR };
}

/** "den 3 december", "December 3", "3/12": the next such day. */
function dateIn(sentence: string, today: string): string | null {
  const slash = /(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d/])/.exec(sentence);
  const month = MONTHS.findIndex((pattern) => namedDay(pattern, sentence) !== null);
  const named = MONTHS[month];
  const day = slash ? Number(slash[1]) : named ? namedDay(named, sentence) : null;
  const at = slash ? Number(slash[2]) : month + 1;
  if (!day || day > 31 || at < 1 || at > 12) return null;
  const inYear = (year: number) => `${year}-${String(at).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const year = Number(today.slice(0, 4));
  const next = inYear(year) < today ? inYear(year + 1) : inYear(year);
  return addDays(next, 0) === next ? next : null;
}

/** The day that stands beside a month's name. */
function namedDay(month: RegExp, sentence: string): number | null {
  const found = month.exec(sentence);
  if (!found) return null;
  const before = /(\d{1,2})(?::?e|:?a|st|nd|rd|th)?(?:\s+of)?\s+$/u.exec(sentence.slice(0, found.index));
  const after = /^\s+(\d{1,2})(?![\d:.])/u.exec(sentence.slice(found.index + found[0].length));
  return before ? Number(before[1]) : after ? Number(after[1]) : null;
}

/** Minutes from midnight, or null when no time of day is said. */
function minuteIn(sentence: string): number | null {
  const groups = (CLOCK.exec(sentence) ?? HALF_PAST.exec(sentence) ?? BARE_CLOCK.exec(sentence))?.groups;
  if (!groups) {
    const part = PARTS.find(([pattern]) => pattern.test(sentence));
    return part ? part[1] * 60 : null;
  }
  const { h = '', m = '0', half, ap = '' } = groups;
  const said = NUMBERS[h.toLowerCase()] ?? Number(h);
  if (said > 24 || Number(m) > 59) return null;
  const minute = said * 60 + Number(m) - (half ? 30 : 0);
  if (ap) return (minute % 720) + (/^p/i.test(ap) ? 720 : 0);
  // Staff do not promise the small hours: "at 3" is the afternoon, "tonight at 9" the evening. "03:00" means what it says.
  const later = !h.startsWith('0') && (said < 7 || (said < 12 && EVENING.test(sentence)));
  return later ? minute + 720 : minute;
}
