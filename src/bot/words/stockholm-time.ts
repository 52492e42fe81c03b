/** A wall-clock moment in Stockholm. `weekday` 0 is Sunday, `minute` counts from midnight, `date` is YYYY-MM-DD. */
export interface StockholmTime {
  date: string;
  weekday: number;
  minute: number;
}

/** What the clocks in Stockholm show at an instant. */
export const stockholmTime = (instant: Date): StockholmTime => {
  const shifted = new Date(instant.getTime() + offsetMs(instant.getTime()));
  return {
    date: shifted.toISOString().slice(0, 10),
    weekday: shifted.getUTCDay(),
    minute: shifted.getUTCHours() * 60 + shifted.getUTCMinutes(),
  };
};

/** The instant when the clocks in Stockholm show a time; correct on both DST nights (F52). */
export const stockholmInstant = (date: string, minute: number): Date => {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  // The offset is taken at a first guess and again at the result, which settles it on either side of a change.
  return new Date(wall - offsetMs(wall - offsetMs(wall)));
};

/** The date a number of days later. */
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What Stockholm is ahead of UTC by, from the runtime's time zone data. */
const offsetMs = (instantMs: number): number => {
  const name = zone.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
};

const zone = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Stockholm', timeZoneName: 'longOffset' });
