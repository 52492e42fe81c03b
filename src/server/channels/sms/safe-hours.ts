import { plusDays, stockholmInstant, stockholmTime } from '../../../bot/words/stockholm-time.ts';

const FROM = 21 * 60;
const TO = 8 * 60;
const AWAKE_MS = 30 * 60_000;

/** What decides whether a text may leave at night. */
export interface Sleeper {
  /** They chose to be written to at any hour. */
  anyHour: boolean;
  /** When they last wrote themselves. */
  lastVisitorAt: Date | null;
}

/**
 * When a text that is due now may leave: null at once, otherwise the next 08:00 in Stockholm. Nothing leaves 21-08 unless the
 * person has written within half an hour or chosen to be written to at any hour (DOMAIN 5.6; both DST nights, F52).
 */
export function heldUntil(now: Date, { anyHour, lastVisitorAt }: Sleeper): Date | null {
  const awake = lastVisitorAt !== null && now.getTime() - lastVisitorAt.getTime() <= AWAKE_MS;
  const { date, minute } = stockholmTime(now);
  if (anyHour || awake || (minute >= TO && minute < FROM)) return null;
  return stockholmInstant(minute < TO ? date : plusDays(date, 1), TO);
}
